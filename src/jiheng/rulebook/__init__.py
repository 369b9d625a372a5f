"""Rule data: loaded, validated and resolved for a region and a year."""
