"""The sidebar: language switch and filters, kept in the address and from there over all pages.

The address is the one place where the view is kept: hidden inputs are bound to its parameters and
hold codes, and the widgets on screen are set from them on every run. So a copied link restores the
view on a fresh server in either language, and back and forward work.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.filters import PARAMETERS, Choices, Filters, read_filters, write_filters
from dashboard.queries.choices import agencies_within
from dashboard.texts import LANGUAGES, Language, has_text, text
from dashboard.warehouse import Warehouse

LISTED_AGENCIES = 400
"""More agencies than this are narrowed by a search before they are listed."""

_HIDE_ADDRESS = "<style>.st-key-address,.st-key-page_address{display:none}</style>"


def read_address() -> dict[str, str]:
    """The parameters of the address that belong to every page, through bound hidden inputs."""
    st.html(_HIDE_ADDRESS)
    with st.sidebar.container(key="address"):
        return {
            name: st.text_input(name, key=name, bind="query-params") or ""
            for name in ("lang", *PARAMETERS)
        }


def chosen_language(address: dict[str, str]) -> Language:
    """The language the address asks for, Chinese where it asks for none that is known."""
    return "en" if address.get("lang") == "en" else "zh"


def draw_language_switch(language: Language) -> None:
    """A switch at the top of the sidebar."""
    st.session_state["language_switch"] = language
    st.sidebar.segmented_control(
        text("language", language),
        LANGUAGES,
        format_func=partial(_language_name, language),
        key="language_switch",
        required=True,
        label_visibility="collapsed",
        on_change=_take_language,
    )


def draw_filters(
    warehouse: Warehouse, choices: Choices, address: dict[str, str], language: Language
) -> Filters:
    """The filters in force, after their widgets are drawn in the sidebar."""
    filters = read_filters(address, choices)
    _set_widgets(filters)
    take = partial(_take_filters, choices)
    with st.sidebar:
        _draw_years(choices, language, take)
        if choices.has_rollups:
            st.segmented_control(
                text("filter.scope", language),
                ("agency", "rollup"),
                format_func=lambda scope: text(f"scope.{scope}", language),
                key="filter_scope",
                required=True,
                help=text("filter.scope.help", language),
                on_change=take,
            )
        _draw_lists(warehouse, choices, filters, language)
        if any(value for value in write_filters(filters, choices).values()):
            st.button(
                text("filter.reset", language),
                icon=":material/filter_alt_off:",
                key="filter_reset",
                type="tertiary",
                on_click=reset_filters,
            )
    return filters


def reset_filters() -> None:
    """Put every filter back to its default; for callbacks."""
    for name in PARAMETERS:
        st.session_state[name] = ""


def coded_label(area: str, code: str, language: Language) -> str:
    """The wording of a code of the data (level, kind), or the code where no text is declared."""
    key = f"{area}.{code}"
    return text(key, language) if has_text(key) else code


def read_page_address(*names: str) -> dict[str, str]:
    """The parameters of the address that only the page at hand knows.

    A callback changes one by writing ``st.session_state[name]``; leaving the page drops it from
    the address, coming back through the menu finds it again.
    """
    with st.container(key="page_address"):
        return {name: st.text_input(name, key=name, bind="query-params") or "" for name in names}


def list_agencies(
    warehouse: Warehouse,
    choices: Choices,
    filters: Filters,
    language: Language,
    *,
    keep: tuple[int, ...] = (),
    key: str = "agency_search",
) -> list[int]:
    """Agencies to choose from in the view, ``keep`` always among them.

    Where there are more than a list can show, a search field is drawn that narrows them.
    """
    within = agencies_within(warehouse, filters)
    if len(within) > LISTED_AGENCIES:
        sought = st.text_input(
            text("filter.agency_search", language),
            key=key,
            placeholder=text("filter.agency_search.hint", language, count=f"{len(within):,}"),
        )
        words = (sought or "").split()
        within = tuple(
            agency for agency in within if all(word in choices.agencies[agency] for word in words)
        )[:LISTED_AGENCIES]
    return list(dict.fromkeys((*keep, *within)))


def _draw_years(choices: Choices, language: Language, take: partial[None]) -> None:
    if not choices.years:
        return
    start, end = st.columns(2, gap="small")
    start.selectbox(text("filter.from", language), choices.years, key="filter_from", on_change=take)
    end.selectbox(text("filter.to", language), choices.years, key="filter_to", on_change=take)


def _draw_lists(
    warehouse: Warehouse, choices: Choices, filters: Filters, language: Language
) -> None:
    take = partial(_take_filters, choices)
    for area, options in (
        ("region", choices.regions),
        ("level", choices.levels),
        ("kind", choices.kinds),
    ):
        if options:
            st.multiselect(
                text(f"filter.{area}", language),
                options,
                format_func=partial(_coded, area, language),
                key=f"filter_{area}",
                placeholder=text("filter.all", language),
                on_change=take,
            )
    st.multiselect(
        text("filter.agency", language),
        list_agencies(warehouse, choices, filters, language, keep=filters.agencies),
        format_func=choices.agencies.__getitem__,
        key="filter_agency",
        placeholder=text("filter.all", language),
        on_change=take,
    )


def _set_widgets(filters: Filters) -> None:
    state = st.session_state
    state["filter_from"], state["filter_to"] = filters.years
    state["filter_scope"] = filters.scope
    state["filter_region"] = list(filters.regions)
    state["filter_level"] = list(filters.levels)
    state["filter_kind"] = list(filters.kinds)
    state["filter_agency"] = list(filters.agencies)


def _take_filters(choices: Choices) -> None:
    """Write what the widgets hold into the address, which every run starts from."""
    state = st.session_state
    years = sorted((state["filter_from"], state["filter_to"]))
    taken = Filters(
        years=(years[0], years[1]),
        regions=tuple(state.get("filter_region", ())),
        levels=tuple(state.get("filter_level", ())),
        kinds=tuple(state.get("filter_kind", ())),
        agencies=tuple(state.get("filter_agency", ())),
        scope=state.get("filter_scope", "agency"),
    )
    for name, value in write_filters(taken, choices).items():
        state[name] = value


def _take_language() -> None:
    switched = st.session_state["language_switch"]
    st.session_state["lang"] = "" if switched == "zh" else switched


def _language_name(language: Language, code: str) -> str:
    return text(f"language.{code}", language)


def _coded(area: str, language: Language, code: str) -> str:
    return coded_label(area, code, language)
