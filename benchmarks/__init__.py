"""What gouji costs at the size of a province: measured on made-up reports, never asserted."""
