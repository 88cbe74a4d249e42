"""What is generated says what the tables say: stale is red (`make docs` writes it)."""

from tests.make_docs import ROOT, stale_files


def test_generated_pages_are_fresh():
    assert [str(path.relative_to(ROOT)) for path, _text in stale_files()] == []
