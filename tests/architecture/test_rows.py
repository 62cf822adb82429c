"""Rows are written where they may be, and each check sees a bad sample."""

import pytest

from tests.architecture.rules import rows as rules
from tests.architecture.rules.reasons import beyond, told
from tests.architecture.samples import USE_CASES, Rule, assert_let_pass, assert_seen, inside
from tests.support.source import migrations, sources

TRANSACTIONS = {
    "backend/platform/database.py": "defines it",
    "backend/platform/migrate.py": "a migration and its record are one",
    "backend/outbox/fan_out.py": "the relay's own bookkeeping",
    "backend/outbox/tidy.py": "the relay's own bookkeeping",
    "backend/changes/": "numbers are given by whoever holds the feed until they commit",
    "backend/webhooks/": "what was read of a feed and what goes out of it are one",
    "backend/analytics/": "what is counted and what says that it was counted are one",
    "backend/consents/chain.py": "appends a link after commit, one writer per controller",
}


def test_only_use_cases_open_a_transaction() -> None:
    found = [
        line
        for source in sources()
        if not source.path.startswith(USE_CASES)
        for line in rules.opened_transactions(source)
    ]
    wrong = beyond(found, TRANSACTIONS)
    assert not wrong, told(wrong)


def test_consents_are_append_only() -> None:
    found = [line for source in sources() for line in rules.rewritten_evidence(source)]
    assert not found, told(found)


def test_a_new_column_fits_rows_that_are_there() -> None:
    found = [line for source in migrations() for line in rules.columns_without_default(source)]
    assert not found, told(found)


BAD = [
    (rules.opened_transactions, inside("async with transaction():", "    pass")),
    (rules.opened_transactions, inside("async with db.in_transaction('x') as c:", "    pass")),
    (rules.rewritten_evidence, inside("await ConsentRecord.filter(id=1).update(how='x')")),
    (rules.rewritten_evidence, inside("await ConsentLink.all().delete()")),
    (rules.rewritten_evidence, inside("await (await ConsentRecord.get(id=1)).save()")),
    (rules.rewritten_evidence, inside("await record.delete()")),
    (rules.rewritten_evidence, inside("r = await ConsentRecord.get(id=1)", "r.how = 'x'")),
    (rules.rewritten_evidence, inside("async for r in ConsentLink.all():", "    await r.save()")),
    (rules.rewritten_evidence, "SQL = 'UPDATE consent_records SET how = $1'"),
    (rules.rewritten_evidence, "SQL = f'DELETE FROM consent_links WHERE id = {n}'"),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(default=0))"),
    (rules.columns_without_default, "ops.AddField('Card', 'a', fields.JSONField(default=list))"),
    (rules.columns_without_default, "A = AddField(name='a', field=a_field)"),
    (rules.columns_without_default, "SQL = 'ALTER TABLE cards ADD COLUMN a INT NOT NULL'"),
]


@pytest.mark.parametrize(("rule", "text"), BAD)
def test_each_check_sees_a_bad_sample(rule: Rule, text: str) -> None:
    assert_seen(rule, text)


GOOD = [
    (rules.opened_transactions, inside("return record.transaction")),
    (rules.rewritten_evidence, inside("await ConsentRecord.create(how='x')")),
    (rules.rewritten_evidence, '"""Nobody may UPDATE consent_records."""\nprofile.save()'),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(null=True))"),
    (rules.columns_without_default, "ops.AddField(field=fields.IntField(default=0, db_default=0))"),
    (rules.columns_without_default, "S = 'ALTER TABLE a ADD COLUMN b INT NOT NULL DEFAULT 0'"),
]


@pytest.mark.parametrize(("rule", "text"), GOOD)
def test_each_check_lets_a_good_sample_pass(rule: Rule, text: str) -> None:
    assert_let_pass(rule, text)
