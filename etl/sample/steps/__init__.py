"""What a variety changes in a report, by name; every step takes a report and gives back another.

=============  =====================================================================
``cells``      how figures are printed, with the state that must be read from each
``labels``     how lines, heads and sections are called
``grids``      what the tables look like: columns, splits, merges, tables lost
``merges``     merged labels written out, left out, or turned into rows
``disorder``   tables out of the form's order, and rows and columns it doesn't have
``around``     titles, headings, captions, other tables, widgets
``texts``      all text alike: script, width, spaces, lost characters
=============  =====================================================================

Steps on cells and labels come before those that lay the report out (the last five).
"""

from __future__ import annotations

from collections.abc import Mapping

from etl.sample.steps import around, cells, disorder, grids, labels, merges, texts
from etl.sample.steps.edit import Step

STEPS: Mapping[str, Step] = {
    **cells.STEPS,
    **labels.STEPS,
    **grids.STEPS,
    **merges.STEPS,
    **disorder.STEPS,
    **around.STEPS,
    **texts.STEPS,
}
