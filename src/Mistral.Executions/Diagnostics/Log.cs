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

    [LoggerMessage(5, LogLevel.Critical, "Engine {EngineId} met a fault of its own and acts no more. What is durable goes on when the store is opened again.")]
    public static partial void EngineBroken(ILogger logger, string engineId, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "Engine {EngineId} cannot renew its lease, which runs out at {ExpiresAt}. It goes on trying.")]
    public static partial void LeaseNotRenewed(ILogger logger, string engineId, DateTimeOffset expiresAt, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "Engine {EngineId} cannot give up its lease; it runs out by itself.")]
    public static partial void LeaseNotReleased(ILogger logger, string engineId, Exception exception);

    [LoggerMessage(8, LogLevel.Warning, "What dead engines left cannot be looked for now. It is tried again.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Information, "A tree that a dead engine left is not taken over.")]
    public static partial void TreeNotTakenOver(ILogger logger, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Tree {TreeId} is taken over from engine {OwnerId}, whose lease has run out.")]
    public static partial void TreeTakenOver(ILogger logger, string treeId, string ownerId);

    [LoggerMessage(10, LogLevel.Warning, "The store refused a commit of tree {TreeId} and is as before: {Reason}")]
    public static partial void CommitRefused(ILogger logger, string treeId, string reason, Exception? exception);

    [LoggerMessage(11, LogLevel.Error, "It is not known whether a commit of tree {TreeId} is durable. It is written again in {Wait}.")]
    public static partial void CommitUnknown(ILogger logger, string treeId, TimeSpan wait, Exception? exception);

    [LoggerMessage(12, LogLevel.Warning, "What came in for tree {TreeId} cannot be stored now. It is kept and decided upon again in {Wait}.")]
    public static partial void MessageHeld(ILogger logger, string treeId, TimeSpan wait, Exception exception);

    [LoggerMessage(13, LogLevel.Error, "Tree {TreeId}: the decision upon {Message} failed in a way that none should. The tree is read again; what is durable is not touched.")]
    public static partial void DecisionFailed(ILogger logger, string treeId, string message, Exception exception);

    [LoggerMessage(14, LogLevel.Debug, "Tree {TreeId}: {Message} changes nothing: {Reason}")]
    public static partial void MessageRefused(ILogger logger, string treeId, string message, string reason);

    [LoggerMessage(15, LogLevel.Error, "The next timers cannot be read now. It is tried again.")]
    public static partial void TimersNotRead(ILogger logger, Exception exception);

    [LoggerMessage(16, LogLevel.Information, "Tree {TreeId}: {Verb} of another process ({RequestId}) is done.")]
    public static partial void RequestDone(ILogger logger, string treeId, string verb, string requestId);

    [LoggerMessage(17, LogLevel.Warning, "What other processes ask for cannot be read or answered now. It is tried again with the next renewal of the lease.")]
    public static partial void InboxFailed(ILogger logger, Exception exception);

    [LoggerMessage(18, LogLevel.Information, "Purged {Purged} executions that had ended; {UsedBytes} bytes are in use now.")]
    public static partial void Purged(ILogger logger, int purged, long? usedBytes);

    [LoggerMessage(19, LogLevel.Warning, "What has ended cannot be purged now. It is tried again in an hour.")]
    public static partial void PurgeFailed(ILogger logger, Exception exception);

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
