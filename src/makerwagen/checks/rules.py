"""The table of all rules: a new rule is a new line here."""

import gc
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager

from makerwagen.checks import (
    boards,
    code,
    data,
    figures,
    lessons,
    media,
    models,
    modules,
    nodes,
    notebooks,
    privacy,
    prose,
    references,
    register,
    safety,
    scenarios,
    skills,
    times,
    translations,
    wiring,
    wiring_supplies,
)
from makerwagen.content.lesson import Lesson
from makerwagen.content.module import Module
from makerwagen.content.repository import Repository
from makerwagen.content.words import Status
from makerwagen.problems import Problem

Rule = Callable[[Repository], Iterator[Problem]]

RULES: dict[str, Rule] = {
    "SKL101": skills.skill_ids_are_unique,
    "SKL102": skills.skills_are_said_as_i_can,
    "SKL103": skills.skills_are_used,
    "SKL104": skills.competency_codes_are_unique,
    "SKL105": skills.unread_texts_are_not_quoted,
    "SKL106": skills.sources_are_cited,
    "SKL107": skills.taught_skills_exist,
    "MOD101": modules.lessons_of_modules_exist,
    "MOD102": modules.modules_hold_each_lesson_once,
    "MOD103": modules.modules_teach_before_they_need,
    "MOD104": modules.grades_of_modules_and_lessons_overlap,
    "MOD105": modules.published_modules_are_whole,
    "LES101": lessons.published_lessons_are_complete,
    "LES102": lessons.uuids_are_unique,
    "LES103": lessons.needs_are_taught,
    "LES104": lessons.lessons_can_be_put_in_order,
    "LES105": times.minutes_fill_the_splits,
    "LES106": times.phases_fill_the_splits,
    "LES107": times.phases_can_be_cut_at_the_splits,
    "LES108": references.claimed_competencies_exist,
    "LES109": references.claimed_competencies_are_practised,
    "LES110": references.ages_fit_the_grades,
    "LES111": references.school_types_have_the_grades,
    "LES112": references.subjects_exist,
    "LES113": lessons.folder_names_are_slugs,
    "LES114": references.equipment_is_on_the_wagon,
    "LES115": references.the_wagon_carries_enough,
    "LES116": references.consumables_are_on_the_wagon,
    "LES117": media.media_files_exist,
    "LES118": media.pictures_are_listed,
    "LES119": lessons.changes_are_newest_first,
    "LES120": references.parts_of_lessons_exist,
    "LES121": lessons.goals_are_said_as_i_can,
    "LES122": references.words_are_in_the_glossary,
    "LES123": media.licenses_are_known,
    "LES124": times.lessons_leave_time_to_tidy,
    "LES125": media.media_are_described,
    "LES127": media.covers_are_media,
    "LES128": lessons.former_names_are_free,
    "LES129": lessons.folders_hold_their_file,
    "LES130": register.list_entries_are_unique,
    "LES131": register.boards_of_the_register_exist,
    "LES132": register.outings_take_what_there_is,
    "LES133": register.limits_fit_the_register,
    "SAF101": safety.children_are_old_enough,
    "SAF102": safety.supervision_is_strict_enough,
    "SAF103": safety.hazards_are_named,
    "SAF104": safety.briefings_exist,
    "SAF105": safety.hazards_suit_the_grades,
    "SAF106": safety.dangers_are_talked_about,
    "NBK102": notebooks.notebooks_are_not_run,
    "NBK103": notebooks.cell_ids_are_unique,
    "NBK104": notebooks.cell_tags_are_known,
    "NBK105": code.solution_marks_are_balanced,
    "NBK106": code.code_cells_parse,
    "NBK107": code.student_cells_parse,
    "NBK108": prose.pictures_have_alt_texts,
    "NBK109": prose.links_lead_somewhere,
    "NBK110": prose.text_holds_no_html,
    "NBK111": notebooks.lessons_have_a_german_notebook,
    "NBK112": code.checks_are_well_made,
    "NBK113": prose.headings_are_nested,
    "NBK115": notebooks.tags_do_not_contradict,
    "NBK116": notebooks.notebooks_have_no_attachments,
    "NBK117": notebooks.published_lessons_check_themselves,
    "NBK118": prose.text_suits_the_grade,
    "NBK119": notebooks.writing_lines_follow_text,
    "NBK120": notebooks.notebooks_keep_cell_ids,
    "NBK121": code.cells_use_no_magics,
    "NBK122": code.comments_hold_no_solutions,
    "NBK123": code.notebooks_import_the_learning_functions,
    "NBK124": notebooks.cells_are_text_or_code,
    "TRN101": translations.notebooks_have_titles,
    "TRN102": translations.german_is_there,
    "TRN103": translations.translations_follow_the_german,
    "CAD101": models.models_have_their_program,
    "CAD102": models.defaults_are_allowed,
    "CAD103": models.sliders_have_limits,
    "CAD104": models.presets_are_allowed,
    "CAD105": models.constraints_are_plain,
    "CAD106": models.model_ids_are_their_folders,
    "CAD107": models.parameter_names_are_unique,
    "CAD108": models.ready_made_values_keep_the_constraints,
    "MCU101": boards.boards_of_exercises_exist,
    "MCU102": wiring.wired_pins_exist,
    "MCU103": boards.exercises_are_complete,
    "MCU104": wiring.reserved_pins_are_left_alone,
    "MCU105": wiring.pins_hold_one_part,
    "MCU106": wiring.parts_have_their_resistor,
    "MCU107": wiring.resistors_fit,
    "MCU108": wiring.analogue_parts_are_on_adc_pins,
    "MCU109": wiring.input_only_pins_only_listen,
    "MCU110": wiring.buses_are_where_the_board_has_them,
    "MCU111": wiring_supplies.pins_get_no_more_than_they_bear,
    "MCU112": wiring_supplies.supplies_exist,
    "MCU113": wiring_supplies.parts_get_the_volts_they_take,
    "MCU114": wiring_supplies.terminals_are_wired,
    "MCU115": wiring_supplies.parts_are_known,
    "MCU116": wiring_supplies.parts_are_in_the_register,
    "MCU117": wiring_supplies.delicate_pins_are_avoided,
    "MCU201": scenarios.parts_of_steps_are_wired,
    "MCU202": scenarios.hints_of_steps_exist,
    "MCU203": scenarios.steps_fit_into_the_run,
    "MCU204": scenarios.wrong_programs_are_there,
    "MCU205": scenarios.steps_suit_their_parts,
    "MCU206": scenarios.hints_suit_the_grade,
    "MCU118": figures.figures_name_an_exercise,
    "SEN101": nodes.programs_watch_no_persons,
    "SEN102": nodes.nodes_say_how_far_to_trust_them,
    "SEN103": nodes.nodes_keep_no_passwords,
    "DAT102": data.pack_files_are_unchanged,
    "DAT103": data.pack_licenses_are_known,
    "DAT104": data.simulated_packs_say_so,
    "DAT105": data.pack_ids_are_their_folders,
    "DAT106": data.columns_are_in_the_file,
    "DAT107": data.simulated_packs_name_their_generator,
    "DAT108": data.packs_are_small,
    "DAT109": data.packs_hold_no_persons,
    "SEN104": privacy.lessons_record_no_persons,
}


def check_repository(repository: Repository, codes: Collection[str] | None = None) -> list[Problem]:
    """Return the problems that all rules find, or only those in `codes`; those of drafts as warnings."""
    chosen = [rule for code, rule in RULES.items() if codes is None or code in codes]
    with _without_collecting():
        return soften_drafts(repository, (problem for rule in chosen for problem in rule(repository)))


def soften_drafts(repository: Repository, problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems in order, those in the folder of a draft lesson or module as warnings."""
    contents: tuple[Lesson | Module, ...] = (*repository.lessons.values(), *repository.modules.values())
    drafts = tuple(
        content.origin.path.rpartition("/")[0] + "/" for content in contents if content.status is Status.DRAFT
    )
    softened = (
        problem.as_warning() if f"{problem.place.path}/".startswith(drafts) else problem for problem in problems
    )
    return sorted(set(softened))


@contextmanager
def _without_collecting() -> Iterator[None]:
    # Rules make no cycles, and walking all content again and again in search of some takes a quarter of their time.
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
