"""The dashboard: pages over one published warehouse, read only.

``pages/`` holds one script a page, and nothing else. A page calls ``frame.page_frame`` first, asks
``queries`` for data and hands them to ``charts``; neither of the two knows Streamlit.
"""
