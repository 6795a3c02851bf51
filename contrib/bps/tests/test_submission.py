from sgs_bps.graph import Job
from sgs_bps.settings import Settings
from sgs_bps.submission import Submission, submit_path


def submission(path):
    return Submission(
        run="run",
        project="p",
        campaign="c",
        payload="y",
        operator="o",
        path=str(path),
        settings=Settings(sdc="SDC-FR"),
        jobs=[Job("g.a", "a", "l", {"isr": 2}, "/s.json")],
        wms_id="7",
    )


def test_what_is_written_is_read_again(tmp_path):
    one = submission(tmp_path)
    one.write()
    assert Submission.read(str(tmp_path)) == one
    row = {"origin": "submission", "originId": one.new_identifier()}
    assert submit_path(row) == str(tmp_path)
    assert Submission.of(row) == one


def test_identifiers_are_never_the_same(tmp_path):
    one = submission(tmp_path)
    assert one.new_identifier() != one.new_identifier()


def test_runs_that_bps_did_not_submit_have_no_folder():
    for row in (
        {"origin": "order", "originId": "bps:/x#1"},
        {"origin": "submission", "originId": "mine"},
        {"origin": "submission", "originId": "bps:"},
    ):
        assert submit_path(row) is None
        assert Submission.of(row) is None


def test_a_folder_without_a_record_has_no_submission(tmp_path):
    file = tmp_path / "sgs" / "submission" / "submission.json"
    file.parent.mkdir(parents=True)
    for text in ("", "[]", '{"format": "sgs-bps/0"}', '{"format": "sgs-bps/1"}'):
        file.write_text(text)
        assert Submission.read(str(tmp_path)) is None
