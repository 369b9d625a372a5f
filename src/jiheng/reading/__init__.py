"""A finished document in any format becomes text with places, tables whole, and every figure with its unit."""
