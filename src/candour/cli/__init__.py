"""Commands that people type: one module a noun, each adding itself to the parser."""
