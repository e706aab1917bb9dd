"""Charts, one module a page: pure functions DataFrame → plotly ``go.Figure``."""
