using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Mistral.Executions.Crash;

/// <summary>What .NET does not offer: files to which several processes append, and signals. For Linux.</summary>
internal static class NativeMethods
{
    public const int Continue = 18;
    public const int Stop = 19;

    private const int WriteOnly = 0x1;
    private const int Create = 0x40;
    private const int Append = 0x400;
    private const int CloseOnExecute = 0x80000;
    private const int OwnerWritesAllRead = 0x1A4;

    public static SafeFileHandle OpenToAppend(string path)
    {
        var handle = Open([.. Encoding.UTF8.GetBytes(path), 0], WriteOnly | Create | Append | CloseOnExecute, OwnerWritesAllRead);
        return handle.IsInvalid ? throw new IOException($"'{path}' cannot be opened (error {Marshal.GetLastPInvokeError()}).") : handle;
    }

    public static void Signal(int processId, int signal)
    {
        if (Kill(processId, signal) != 0)
        {
            throw new InvalidOperationException($"Process {processId} takes no signal (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern SafeFileHandle Open(byte[] path, int flags, int mode);

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
