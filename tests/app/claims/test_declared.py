"""A printed digest is a claim of its own; a role and a unit's place in the hierarchy have a time."""

import pytest

from app.claims import predicates
from app.claims.predicates import Predicate
from app.claims.terms import Modality, SubjectKind
from app.core.errors import Invalid


def test_a_printed_digest_is_held_with_its_algorithm() -> None:
    value = {"algorithm": "sha1", "hex": "ab" * 20}

    read = predicates.read(SubjectKind.RECORDING, Predicate.DIGEST, value, Modality.ASSERTED)

    assert read.hex == "ab" * 20  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "value",
    [
        {"algorithm": "sha256", "hex": "ab" * 20},
        {"algorithm": "sha1", "hex": "AB" * 20},
        {"algorithm": "sha1", "hex": "zz" * 20},
    ],
)
def test_what_is_no_digest_of_its_algorithm_is_refused(value: dict[str, str]) -> None:
    with pytest.raises(Invalid) as refused:
        predicates.read(SubjectKind.RECORDING, Predicate.DIGEST, value, Modality.ASSERTED)

    assert refused.value.field == "value.hex"


def test_a_role_and_a_chain_of_units_say_when() -> None:
    when = {
        "raw": "from 2020 to 2022",
        "edtf": "2020/2022",
        "earliest": "2020-01-01",
        "latest": "2022-12-31",
        "basis": "explicit",
        "precision": "interval",
    }
    for predicate, value in (
        (Predicate.ROLE, {"kind": "head", "title": "head of the office"}),
        (Predicate.UNIT, {"units": [{"name": "1st Company"}, {"name": "2nd Battalion"}]}),
    ):
        read = predicates.read(
            SubjectKind.AGENT, predicate, value | {"when": when}, Modality.ASSERTED
        )
        assert read.when.edtf == "2020/2022"  # type: ignore[attr-defined]
