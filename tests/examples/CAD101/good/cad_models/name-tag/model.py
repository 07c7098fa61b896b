def build(params):
    return params
