"""The finance bureau's view of its departments."""
