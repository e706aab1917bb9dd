"""SQL over the warehouse, one module a page: (Warehouse, Filters, …) → DataFrame."""
