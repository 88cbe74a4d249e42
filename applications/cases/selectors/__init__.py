"""Reads of the room. Every one starts from `for_user` or from a case that did."""

from applications.cases.selectors.page import case_rows, child_of, missing, page_case

__all__ = ["case_rows", "child_of", "missing", "page_case"]
