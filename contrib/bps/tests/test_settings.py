import os

import pytest

from sgs_bps.settings import Settings, SettingsError


def test_the_section_goes_before_the_environment():
    environ = {"SGS_BPS_SDC": "SDC-FR", "SGS_BPS_STATE": "/state", "SGS_BPS_RUNNER": "/bin/runner"}
    settings = Settings.read({"sdc": "SDC-DE", "limits": {"db_limit": 3}, "walltime": 90}, environ)
    assert settings == Settings(
        runner="/bin/runner",
        state="/state",
        storage=os.path.abspath(".state/storage"),
        sdc="SDC-DE",
        walltime=90,
        limits={"db_limit": 3},
    )


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ({"sdcs": "x"}, "sgs.sdcs: found an unknown key, expected one of: cluster,"),
        ({"walltime": "long"}, "sgs.walltime: found 'long', expected a number"),
        ({"walltime": True}, "sgs.walltime: found True, expected a number"),
        ({"cluster": 0}, "sgs.cluster: found 0, expected a number from 1 to 10000"),
        ({"limits": {"a": 1.5}}, "sgs.limits.a: found 1.5, expected a whole number"),
        ({"environment": "yes"}, "sgs.environment: found 'yes', expected true or false"),
    ],
)
def test_a_setting_without_meaning_is_refused(section, words):
    with pytest.raises(SettingsError) as caught:
        Settings.read(section, {})
    assert words in str(caught.value)
