from makerwagen.content.versions import *  # noqa
