namespace Mistral.Executions.Decisions;

/// <summary>The definitions and actions a decision can name. A look-up that fails in a namespace goes on in the one without a name.</summary>
internal interface IDecisionCatalog
{
    /// <summary>The workflow of that name.</summary>
    WorkflowDefinition? FindWorkflow(string name, string @namespace);

    /// <summary>The definition an execution was started with; the runtime has read it before the tree is decided upon.</summary>
    WorkflowDefinition? FindWorkflowByHash(string hash);

    /// <summary>The action of that name.</summary>
    ActionTraits? FindAction(string name, string @namespace);

    /// <summary>Whether anything at all is marked as secret.</summary>
    bool HasSecrets => false;

    /// <summary>The names that are those of secrets wherever they stand.</summary>
    SecretNames SecretNames => SecretNames.None;

    /// <summary>Makes an expression of data that were given at run time, such as an environment whose texts hold expressions.</summary>
    /// <exception cref="ExpressionException">A text holds an expression that cannot be read.</exception>
    IExpression Template(JsonData data);
}
