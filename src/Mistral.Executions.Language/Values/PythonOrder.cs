namespace Mistral.Executions.Language.Values;

/// <summary>Sorting as Python does it: stable, by <c>&lt;</c> alone.</summary>
internal static class PythonOrder
{
    /// <summary>The items in the order of their keys; reversed, equal ones still keep theirs.</summary>
    internal static object?[] Sort(object?[] items, object?[] keys, bool isReversed, EvaluationBudget budget) => Sort(
        items, keys, isReversed, budget, (left, right) => PythonOperations.Compare(left, right, PythonComparison.Less, budget));

    /// <summary>The items in the order of their keys, of which a function says whether one is less.</summary>
    internal static object?[] Sort(
        object?[] items, object?[] keys, bool isReversed, EvaluationBudget budget, Func<object?, object?, bool> isLess)
    {
        // A merge sort: Python's too, so that values without an order are found out in the same cases.
        budget.Allocate(items.Length);
        var places = new int[items.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = isReversed ? places.Length - 1 - i : i;
        }

        MergeSort(places, new int[places.Length], 0, places.Length, keys, isLess, budget);
        if (isReversed)
        {
            Array.Reverse(places);
        }

        return Array.ConvertAll(places, p => items[p]);
    }

    private static void MergeSort(
        int[] places, int[] scratch, int start, int end, object?[] keys, Func<object?, object?, bool> isLess, EvaluationBudget budget)
    {
        if (end - start < 2)
        {
            return;
        }

        var middle = (start + end) / 2;
        MergeSort(places, scratch, start, middle, keys, isLess, budget);
        MergeSort(places, scratch, middle, end, keys, isLess, budget);
        budget.Handle(end - start);
        var (left, right) = (start, middle);
        for (var i = start; i < end; i++)
        {
            var takesRight = left == middle
                || (right < end && isLess(keys[places[right]], keys[places[left]]));
            scratch[i] = places[takesRight ? right++ : left++];
        }

        Array.Copy(scratch, start, places, start, end - start);
    }
}
