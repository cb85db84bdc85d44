"""Part B: optional questions, asked once the firm may hear the answers; one module a page."""
