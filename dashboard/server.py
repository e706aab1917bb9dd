"""Serves the dashboard: Streamlit as an ASGI app under uvicorn, compressed, on this host alone."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from streamlit.runtime.pages_manager import PagesManager

from dashboard.warehouse import current_file, warehouse_pointer
from etl.warehouse import ENVIRONMENT

APP = Path(__file__).parent.parent / "app.py"
HOST = "127.0.0.1"
COMPRESSION = 5
"""Level of gzip: above it the first load (9 MB of scripts) gets slower, not smaller."""


def serve(warehouse: Path, port: int) -> None:
    """Serve ``warehouse`` on ``port`` until stopped; the file may be missing or replaced later."""
    os.environ[ENVIRONMENT] = str(warehouse.absolute())
    declare_own_menu()
    uvicorn.run(build_application(), host=HOST, port=port, log_level="warning", access_log=False)


def declare_own_menu() -> None:
    """Tell Streamlit before the first session that the menu is declared in ``app.py``.

    NOTE 2026-11: Streamlit 1.67 takes ``pages/`` for its older kind of app until the first call of
    ``st.navigation`` sets this. The run that calls it is then tied to a page that isn't in the
    menu, and what its visitor chooses never reaches the address.
    """
    PagesManager.uses_pages_directory = False


def build_application() -> st.App:
    """The ASGI app; Streamlit's own server sends its scripts uncompressed."""
    return st.App(
        APP,
        routes=[Route("/healthz", report_health), Route("/overview", show_overview)],
        middleware=[Middleware(GZipMiddleware, minimum_size=1024, compresslevel=COMPRESSION)],
    )


async def show_overview(request: Request) -> RedirectResponse:
    """The way to the first page, which Streamlit serves at the root alone."""
    return RedirectResponse(request.url.replace(path="/"))


async def report_health(_: Request) -> JSONResponse:
    """200 as long as pages are served, and whether there is a warehouse to show."""
    return JSONResponse({"status": "ok", "warehouse": current_file(warehouse_pointer()).is_file()})
