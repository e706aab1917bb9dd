"""The queries of the rules that are no sums: one file a rule, named after it.

A file is one ``select`` with a row for every group that the rule looks at:

==========================  ===============================================================
``report_id``               the report (``agency_id, year, scope`` where the subject is an
                            agency's year)
``holds``                   true, false, or null where a needed figure isn't there
``groups``                  how many groups the row stands for; left out, one
``section, item, party``    where it is printed, as far as it is one place
``left_value, right_value`` the two sides, where there are two
``evidence``                JSON with the facts
anything else               text for the placeholders of the rule's messages
==========================  ===============================================================

Columns that a rule has no use for are left out. Beside the warehouse's own relations a query may
draw on the scratch relations of ``scratch.sql`` and ``scratch.py``.
"""
