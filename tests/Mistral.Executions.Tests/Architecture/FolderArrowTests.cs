using System.CodeDom.Compiler;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Mistral.Executions.Tests.Architecture;

/// <summary>Which folder of the core project may use which. A new arrow is a change of the architecture, not of this list.</summary>
public sealed class FolderArrowTests
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Records"] = [],
        ["StateMachine"] = ["Records"],
        ["Definitions"] = ["Records"],
        ["Storage"] = ["Records"],
        ["Decisions"] = ["Records", "StateMachine", "Definitions", "Storage"],
        ["Actions"] = ["Records", "Definitions", "Decisions", "Diagnostics"],
        ["Diagnostics"] = ["Records"],
