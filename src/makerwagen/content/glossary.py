"""The glossary: each technical word explained once."""

from makerwagen.content.typed import Content, Localized, Located, Slug


class Term(Content):
    """A word and what it means, in a sentence a child understands."""

    id: Slug
    term: Localized
    explanation: Localized


class Glossary(Located):
    """All terms (curriculum/glossary.yml)."""

    terms: tuple[Term, ...]
