using System.Runtime.CompilerServices;

namespace Mistral.Executions.Language.Values;

/// <summary>
/// What one evaluation has left. Everything that iterates, allocates by a number that an expression chose, or nests
/// charges it, so that no expression can hold the thread for long or fill the memory.
/// </summary>
internal sealed class EvaluationBudget
{
    // Handling so many characters or items in one go costs about as much as one call.
    private const int ItemsPerStep = 32;

    private const int CharactersAsOneChanged = 3;

    private readonly EvaluationLimits _limits;
    private PythonKeyComparer? _keyComparer;
    private int _steps;
    private int _depth;
    private long _size;

    internal EvaluationBudget(EvaluationLimits limits)
    {
        _limits = limits;
        _steps = limits.MaximumSteps;
        _depth = limits.MaximumDepth;
        _size = limits.MaximumSize;
    }

    internal EvaluationBudget()
        : this(EvaluationLimits.Default)
    {
    }

    /// <summary>Compares keys of dicts and sets as Python does; charges this budget.</summary>
    internal PythonKeyComparer KeyComparer => _keyComparer ??= new PythonKeyComparer(this);

    /// <summary>Charges one step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Step()
    {
        if (--_steps < 0)
        {
            ThrowSteps();
        }
    }

    /// <summary>Charges the handling of so many characters or items that exist already.</summary>
    internal void Handle(long items)
    {
        var steps = 1 + (items / ItemsPerStep);
        if (steps > _steps)
        {
            _steps = 0;
            ThrowSteps();
        }

        _steps -= (int)steps;
    }

    /// <summary>Charges so many characters or items that are about to be made.</summary>
    internal void Allocate(long items)
    {
        if (items > _size)
        {
            _size = 0;
            throw new EvaluationLimitException(
                $"it makes values of more than {_limits.MaximumSize:N0} characters and items together, the most that one evaluation may");
        }

        _size -= items;
        Handle(items);
    }

    /// <summary>Charges a list of so many items that is about to be made in one go: an item is larger than a character.</summary>
    internal void AllocateList(long items)
    {
        Allocate(items);
        Handle(items);
    }

    /// <summary>Charges a change of each of so many characters, which costs more than copying them.</summary>
    internal void Change(long characters)
    {
        Allocate(characters);
        Handle(CharactersAsOneChanged * characters);
    }

    /// <summary>Charges the reading of a text in some notation: what has to be set up costs as much as many steps.</summary>
    internal void Read(long characters, int setup)
    {
        Handle(characters);
        Handle((long)setup * ItemsPerStep);
    }

    /// <summary>Charges looking through a text, unless that is so short that it costs nothing beside the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Scan(string text)
    {
        if (text.Length > ItemsPerStep)
        {
            Handle(text.Length);
        }
    }

    /// <summary>Charges an integer of so many bits that is about to be made.</summary>
    internal void AllocateInteger(long bits)
    {
        if (bits > _limits.MaximumIntegerBits)
        {
            throw new EvaluationLimitException($"it makes an integer of more than {_limits.MaximumIntegerBits:N0} bits");
        }

        // Multiplying and printing are more than linear in the digits.
        var words = bits / 64;
        Handle(words * (ItemsPerStep + (words / 8)));
    }

    /// <summary>Goes one call deeper; <see cref="Leave"/> goes back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Enter()
    {
        Step();
        if (--_depth < 0)
        {
            ThrowDepth();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => _depth++;

    /// <summary>How many calls deeper it may go; set back where an error was caught that left some calls.</summary>
    internal int DepthLeft
    {
        get => _depth;
        set => _depth = value;
    }

    /// <summary>Refuses to go on when the thread's stack nears its end, as with sequences nested thousands deep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void EnsureStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw new EvaluationLimitException("its values or calls are nested too deeply");
        }
    }

    private void ThrowSteps() =>
        throw new EvaluationLimitException($"it takes more than {_limits.MaximumSteps:N0} steps, the most that one evaluation may");

    private void ThrowDepth()
    {
        _depth++;
        throw new EvaluationLimitException($"its calls are nested more than {_limits.MaximumDepth} deep");
    }
}
