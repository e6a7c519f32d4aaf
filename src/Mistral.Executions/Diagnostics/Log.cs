using Microsoft.Extensions.Logging;

namespace Mistral.Executions.Diagnostics;

/// <summary>What the engine writes to the log of the host. The numbers stay the same from version to version.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Engine {EngineId} is open on {Store}.")]
    public static partial void EngineOpened(ILogger logger, string engineId, string store);

    [LoggerMessage(2, LogLevel.Information, "Engine {EngineId} is closed; {Interrupted} running actions were interrupted and go on at the next start.")]
    public static partial void EngineClosed(ILogger logger, string engineId, int interrupted);

    [LoggerMessage(3, LogLevel.Error, "Engine {EngineId} has lost its lease: another engine may go on with its executions, and this one accepts nothing more.")]
    public static partial void LeaseLost(ILogger logger, string engineId, Exception? exception);

    [LoggerMessage(4, LogLevel.Warning, "Tree {TreeId} is taken over from engine {OwnerId}, whose lease has run out.")]
    public static partial void TreeTakenOver(ILogger logger, string treeId, string ownerId);

    [LoggerMessage(10, LogLevel.Warning, "The store refused a commit of tree {TreeId} and is as before: {Reason}")]
    public static partial void CommitRefused(ILogger logger, string treeId, string reason, Exception? exception);

    [LoggerMessage(11, LogLevel.Error, "It is not known whether a commit of {Trees} trees is durable. It is written again until that is known: {Reason}")]
    public static partial void CommitUnknown(ILogger logger, int trees, string reason, Exception? exception);

    [LoggerMessage(20, LogLevel.Warning, "Action {Action} ({ActionExecutionId}) failed: {Reason}")]
    public static partial void ActionFailed(ILogger logger, string action, string actionExecutionId, string reason, Exception exception);

    [LoggerMessage(21, LogLevel.Information, "Action {Action} ({ActionExecutionId}) was running when its engine ended, and is run again with the same id.")]
    public static partial void ActionRecovered(ILogger logger, string action, string actionExecutionId);

    [LoggerMessage(22, LogLevel.Warning, "Action {Action} ({ActionExecutionId}) was running when its engine ended. It is not safe to rerun, so it ends in ERROR.")]
    public static partial void ActionNotRerun(ILogger logger, string action, string actionExecutionId);

    [LoggerMessage(23, LogLevel.Warning, "Action {Action} ({ActionExecutionId}) has ended after its timeout; what it gave is dropped.")]
    public static partial void AbandonedActionEnded(ILogger logger, string action, string actionExecutionId, Exception? exception);

    [LoggerMessage(30, LogLevel.Warning, "A watcher fell behind by {Changes} changes. It is told so, and must read again what it needs.")]
    public static partial void WatcherFellBehind(ILogger logger, int changes);
}
