"""The demonstration goes on when the plan does."""

from msgspec.structs import replace

from wyexcel.plan.plan import Plan
from wyexcel.practice import demo


def with_another_amount(plan: Plan) -> Plan:
    """*plan* with one more indicator, of an element that it has in no other."""
    amount = next(i for i in plan.indicators if i.no == 2)
    output = plan.element[amount.numerator[0]]
    return replace(
        plan,
        elements=(*plan.elements, replace(output, code="C99", name="用电量")),
        indicators=(*plan.indicators, replace(amount, no=99, name="用电量", numerator=("C99",))),
    )


def test_nothing_is_reported_of_an_element_for_which_nothing_was_invented() -> None:
    plan = with_another_amount(demo.demo_plan())

    committee = demo.sample_submission(plan, plan.breakdown)

    assert {value for (code, _), value in committee.answers.items() if code == "C99"} == {0}
