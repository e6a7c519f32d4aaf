using System.Runtime.CompilerServices;

namespace Mistral.Executions.Testing;

/// <summary>The few expectations that the contract of stores is written with. A failure names the call and shows both values.</summary>
internal static class Expect
{
    public static void ShouldBe<T>(this T actual, T expected, string because = "", [CallerArgumentExpression(nameof(actual))] string call = "") =>
        Check(StoredValue.AreEqual(actual, expected), call, StoredValue.TextOf(expected), StoredValue.TextOf(actual), because);

    public static void ShouldBeNull(this object? actual, string because = "", [CallerArgumentExpression(nameof(actual))] string call = "") =>
        Check(actual is null, call, "nothing", StoredValue.TextOf(actual), because);

    public static void ShouldNotBeNull(this object? actual, [CallerArgumentExpression(nameof(actual))] string call = "") =>
        Check(actual is not null, call, "there", "nothing", "");

    /// <summary>Just these, in this order.</summary>
    public static void ShouldEqual<T>(this IEnumerable<T> actual, params IEnumerable<T> expected) => CheckAll([.. actual], [.. expected], "in this order");

    /// <summary>Just these, in any order.</summary>
    public static void ShouldEqualInAnyOrder<T>(this IEnumerable<T> actual, IEnumerable<T> expected)
        where T : notnull
    {
        var left = actual.ToList();
        var missing = expected.Where(e => left.FindIndex(a => StoredValue.AreEqual(a, e)) is var place && (place < 0 || !Remove(left, place))).ToList();
        if (missing.Count > 0 || left.Count > 0)
        {
            throw new StoreContractException($"the store gives what it should not: {Listed(left)}\nand does not give: {Listed(missing)}");
        }
    }

    public static T ShouldHaveOne<T>(this IEnumerable<T> actual, [CallerArgumentExpression(nameof(actual))] string call = "")
    {
        var all = actual.ToList();
        return all.Count == 1 ? all[0] : throw new StoreContractException($"{call}\nshould have one element, but has {all.Count}: {Listed(all)}");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> call, [CallerArgumentExpression(nameof(call))] string text = "")
        where TException : Exception
    {
        try
        {
            await call().ConfigureAwait(false);
        }
        catch (TException exception)
        {
            return exception;
        }

        throw new StoreContractException($"{text}\nshould throw a {typeof(TException).Name}, but does not.");
    }

    private static bool Remove<T>(List<T> list, int place)
    {
        list.RemoveAt(place);
        return true;
    }

    private static void CheckAll<T>(List<T> actual, List<T> expected, string how)
    {
        for (var place = 0; place < Math.Max(actual.Count, expected.Count); place++)
        {
            if (place >= actual.Count || place >= expected.Count || !StoredValue.AreEqual(actual[place], expected[place]))
            {
                throw new StoreContractException($"the store should give, {how}: {Listed(expected)}\nbut gives: {Listed(actual)}\nThe first that differs is at place {place}.");
            }
        }
    }

    private static void Check(bool holds, string call, string expected, string actual, string because)
    {
        if (!holds)
        {
            throw new StoreContractException($"{call}\nshould be {expected}{(because.Length == 0 ? "" : $" ({because})")},\nbut is {actual}");
        }
    }

    private static string Listed<T>(IReadOnlyCollection<T> values) => values.Count == 0 ? "nothing" : string.Concat(values.Select(v => "\n  " + StoredValue.TextOf(v)));
}
