"""Reports whose prose is the agency's own of last year or another agency's.

What is compared is what an agency says itself in sections 一, 五 and 六: figures, dates and its own
names are masked, the form's and the law's wording and customary sentences are left out
(``wording.py``). MinHash signatures of its shingles name likely pairs, each report a handful, so
that the work grows with the number of reports and not with its square (``candidates.py``). Those
are then compared shingle by shingle (``exact.py``); what remains is kept with the shared passages
in ``text_copy``.
"""
