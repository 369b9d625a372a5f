"""执行与监控: where the money and the goals of a year stand while it runs."""
