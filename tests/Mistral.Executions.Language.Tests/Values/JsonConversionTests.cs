using Mistral.Executions.Language.Values;

namespace Mistral.Executions.Language.Tests.Values;

public sealed class JsonConversionTests
{
    private readonly EvaluationBudget _budget = new();

    [Test]
    public void Data_are_read_in_place_and_come_back_as_they_were()
    {
        var json = JsonData.Parse("""{"a": [1, 2.0, "x", null, true], "b": {"c": 123456789012345678901234567890}}""");
        PythonOperations.ToJson(PythonOperations.ToValue(json, isFrozen: true), _budget).AsObject().Should().BeSameAs(json.AsObject());
    }

    [Test]
    public void Frozen_data_hold_tuples_and_can_be_keys_and_others_hold_lists()
    {
        var json = JsonData.Parse("[[1]]");
        ((PythonList)((PythonList)PythonOperations.ToValue(json, isFrozen: true)!)[0]!).IsTuple.Should().BeTrue();
        ((PythonList)((PythonList)PythonOperations.ToValue(json, isFrozen: false)!)[0]!).IsTuple.Should().BeFalse();
    }

    [Test]
    public void Sequences_of_every_kind_become_arrays_and_keys_become_texts()
    {
        var set = new PythonSet(isFrozen: true, _budget);
        set.Add(1L);
        var dictionary = new PythonDictionary(isFrozen: false, _budget);
        dictionary.Set(1L, set, _budget);
        dictionary.Set(1.5, PythonIterator.From([true], _budget), _budget);
        dictionary.Set(null, PythonList.Tuple("x"), _budget);

        PythonOperations.ToJson(dictionary, _budget).ToString().Should().Be("""{"1":[1],"1.5":[true],"null":["x"]}""");
    }

    [Test]
    public void A_change_of_a_view_does_not_reach_the_data()
    {
        var json = JsonData.Parse("""{"a": 1}""");
        var dictionary = (PythonDictionary)PythonOperations.ToValue(json, isFrozen: false)!;
        dictionary.Set("a", 2L, _budget);
        dictionary.TryGet("a", out var changed, _budget);

        changed.Should().Be(2L);
        json["a"].Should().Be((JsonData)1);
    }

    [Test]
    public void A_timespan_has_no_json_form()
    {
        var convert = () => PythonOperations.ToJson(PythonList.List(PythonTimeSpan.Zero), _budget);
        convert.Should().Throw<PythonErrorException>().Which.Kind.Should().Be("ValueError");
    }

    [Test]
    public void A_value_that_nests_deeper_than_json_may_is_refused()
    {
        object? value = PythonOperations.ToValue(JsonData.Parse("[[[]]]"), isFrozen: false);
        for (var i = 0; i < 254; i++)
        {
            value = PythonList.List(value);
        }

        var convert = () => PythonOperations.ToJson(value, _budget);
        convert.Should().Throw<EvaluationLimitException>();
        convert = () => PythonOperations.ToJson(((PythonList)((PythonList)((PythonList)value!)[0]!)[0]!)[0], _budget);
        convert.Should().NotThrow();
        convert().ToString().Should().StartWith("[[[");
    }
}
