"""The three separated administrators: people and units, roles, the log. None of them sees a department's figures."""
