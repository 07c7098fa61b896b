"""The rules of `makerwagen check`: content in, problems out; one rule is one function and one line in RULES."""
