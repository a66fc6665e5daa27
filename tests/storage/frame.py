"""An invented office to hang rows from."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from domain.ids import (
    BatchId,
    KeyId,
    MemberId,
    OfficeId,
    RoundId,
    TeamId,
    TipId,
    UnitId,
    new_id,
)
from domain.rounds import BatchState, CardBatch, Level, Round, RoundState, Target, Team, TeamKind, Unit
from domain.tips import Channel, Kind, Lane, State, Tip, TipWork
from storage.office.cards import insert_batch
from storage.office.offices import Office, insert_office
from storage.office.rounds import insert_round
from storage.office.teams import insert_assignment, insert_team
from storage.office.units import insert_alias, insert_units
from storage.people.keys import Key, KeyKind
from storage.people.members import Member, MemberState, insert_member
from storage.store import Tx

ZONE = ZoneInfo("Asia/Shanghai")
DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 9, 42, 17, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Frame:
    office: OfficeId
    round: RoundId
    county: UnitId
    township: UnitId
    village: UnitId
    team: TeamId
    other_team: TeamId
    batch: BatchId
    member: MemberId


def lay_frame(tx: Tx) -> Frame:
    frame = Frame(
        OfficeId(new_id()), RoundId(new_id()), UnitId(new_id()), UnitId(new_id()), UnitId(new_id()),
        TeamId(new_id()), TeamId(new_id()), BatchId(new_id()), MemberId(new_id()),
    )  # fmt: skip
    insert_office(tx, Office(frame.office, None, "澄江县委巡察办", None, "Asia/Shanghai", b"v" * 32, {"lang": "zh"}))
    insert_round(tx, a_round(frame.office, frame.round))
    insert_units(
        tx,
        frame.office,
        [
            Unit(frame.county, None, Level.COUNTY, "1", "澄江县", "澄江县"),
            Unit(frame.township, frame.county, Level.TOWNSHIP, "11", "苇庄镇", "澄江县/苇庄镇"),
            Unit(frame.village, frame.township, Level.VILLAGE, "1101", "石桥村", "澄江县/苇庄镇/石桥村"),
        ],
    )
    insert_alias(tx, frame.village, "老石桥")
    insert_team(tx, frame.office, replace(a_team(frame.round, frame.team, 1), home_unit_id=frame.county))
    insert_team(tx, frame.office, a_team(frame.round, frame.other_team, 2))
    insert_assignment(tx, frame.round, frame.township, frame.team)
    insert_batch(tx, a_batch(frame.round, frame.team, frame.batch), [frame.village, frame.township])
    insert_member(tx, Member(frame.member, frame.office, "lin", "林青", MemberState.ACTIVE))
    return frame


def a_round(office_id: OfficeId, round_id: RoundId, ordinal: int = 6, state: RoundState = RoundState.OPEN) -> Round:
    opens = datetime(2026, 3, 1, 8, tzinfo=ZONE)
    closes = datetime(2026, 4, 30, 18, tzinfo=ZONE)
    return Round(round_id, office_id, 3, ordinal, 1, opens, closes, state, 15, 365, 1)


def a_team(round_id: RoundId, team_id: TeamId, ordinal: int, kind: TeamKind = TeamKind.TEAM) -> Team:
    return Team(team_id, round_id, ordinal, f"第{ordinal}巡察组", kind, "0000-0000000", "")


def a_batch(round_id: RoundId, team_id: TeamId, batch_id: BatchId) -> CardBatch:
    code = secrets.token_hex(8)
    return CardBatch(batch_id, round_id, team_id, code, "入户", Target.WEB, BatchState.ACTIVE, is_test=False)


def a_tip(frame: Frame, *, tag: bytes | None = None) -> Tip:
    return Tip(
        round_id=frame.round,
        id=TipId(new_id()),
        office_id=frame.office,
        first_team_id=frame.team,
        unit_id=frame.village,
        card_batch_id=frame.batch,
        channel=Channel.WEB,
        kind=Kind.OTHER,
        lane=Lane.MAIN,
        late=False,
        received_on=DAY,
        receipt_tag=tag or new_id(),
        reply_public=b"p" * 1216,
    )


def a_key(frame: Frame, **more: object) -> Key:
    of_team = {"kind": KeyKind.TEAM, "round_id": frame.round, "team_id": frame.team, **more}
    return Key(id=KeyId(new_id()), office_id=frame.office, public=b"public", verify=b"verify", **of_team)  # type: ignore[arg-type]  # by name


def a_work(frame: Frame, tip_id: TipId, number: int) -> TipWork:
    return TipWork(frame.round, tip_id, frame.team, number, State.RECEIVED, None, None, 1)
