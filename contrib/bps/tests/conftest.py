import os
import pathlib

import pytest


def pytest_collection_modifyitems(items):
    """Without a runner, whose folder the environment names, only the quick tests run."""
    if "SGS_BPS_TEST_FOLDER" in os.environ:
        return
    skip = pytest.mark.skip(reason="needs bps and a runner: contrib/scripts/test-bps.sh")
    for item in items:
        if item.get_closest_marker("bps"):
            item.add_marker(skip)


@pytest.fixture(scope="session")
def site():
    """The runner that serves, a butler with four detectors, and bps."""
    from site_of_tests import Site

    site = Site(pathlib.Path(os.environ["SGS_BPS_TEST_FOLDER"]))
    site.make_repository()
    return site
