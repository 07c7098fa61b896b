"""Skills: what a learner can do after a lesson, and what another lesson may build on."""

from makerwagen.content.typed import Content, Localized, Located, Slug


class Skill(Content):
    """One thing a learner can do, as "Ich kann …"."""

    id: Slug
    title: Localized
    i_can: Localized


class Skills(Located):
    """All skills (curriculum/skills.yml)."""

    skills: tuple[Skill, ...]
