using Mistral.Executions;

namespace FileIndex;

/// <summary>The two workflows: the index, and what is done for each group of files.</summary>
internal static class IndexWorkflows
{
    public const string IndexName = "file_index";
    public const string GroupName = "file_group";

    private const int GroupsAtOnce = 4;

    /// <summary>list → analyze (one nested workflow for each group) → write.</summary>
    public static WorkflowDefinition Index { get; } = new WorkflowBuilder(IndexName)
        .Description("Lists the text files of a folder, counts and hashes each, and writes a report.")
        .Input("folder")
        .Input("report")
        .Task("list", t => t
            .Action("files.list")
            .Input(c => new { folder = c["folder"] })
            .Publish("groups", c => c.Result())
            .OnSuccess("analyze"))
        .Task("analyze", t => t
            .WithItems("files", c => c["groups"])
            .Concurrency(GroupsAtOnce)
            .Workflow(GroupName)
            .Input(c => new { folder = c["folder"], files = c["files"] })
            .OnSuccess("write"))
        .Task("write", t => t
            .Action("report.write")
            .Input(c => new { folder = c["folder"], report = c["report"], groups = c.Result("analyze") })
            .Publish("summary", c => c.Result()))
        .Output("summary", c => c["summary"])
        .Build();

    /// <summary>count and hash side by side, each for every file of the group, then a join that puts them together.</summary>
    public static WorkflowDefinition Group { get; } = new WorkflowBuilder(GroupName)
        .Input("folder")
        .Input("files")
        .Task("count", t => t
            .WithItems("path", c => c["files"])
            .Action("text.count")
            .Input(c => new { folder = c["folder"], path = c["path"] })
            .OnSuccess("combine"))
        .Task("hash", t => t
            .WithItems("path", c => c["files"])
            .Action("file.hash")
            .Input(c => new { folder = c["folder"], path = c["path"] })
            .OnSuccess("combine"))
        .Task("combine", t => t
            .JoinAll()
            .Action("files.combine")
            .Input(c => new { files = c["files"], counts = c.Result("count"), hashes = c.Result("hash") })
            .Publish("indexed", c => c.Result()))
        .Output("files", c => c["indexed"])
        .Build();
}
