import re

from sgs_bps.names import PlainNames


def test_a_name_is_plain_and_its_own():
    names = PlainNames()
    texts = [
        "01a2247a-c08a-7251-b5cf-028094ae0edd_isr_HSC-R_g DECam_4",
        "isr/HSC-R g DECam/4",
        "isr HSC-R g DECam 4",
        "-x",
        "",
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
        "long" * 40,
        "long" * 41,
    ]
    made = [names.name(text) for text in texts]
    assert made[0] == "isr_HSC-R_g_DECam_4"
    assert made[3] == "x"
    assert len(set(made)) == len(texts)
    assert all(re.fullmatch("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}", name) for name in made)
    assert [names.name(text) for text in texts] == made
