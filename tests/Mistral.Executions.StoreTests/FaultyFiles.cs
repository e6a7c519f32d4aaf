using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Mistral.Executions.StoreTests;

/// <summary>
/// Stands between SQLite and the file system of the process, as its default VFS, and lets reading, writing, syncing and
/// opening fail with an error code of SQLite's choice. Everything else is the real file system.
/// </summary>
internal static unsafe class FaultyFiles
{
    private const int VfsSize = 168;
    private const int OffsetOfName = 24;
    private const int OffsetOfOpen = 40;
    private const int OffsetOfSleep = 112;
    private const int MethodsSize = 152;
    private const int OffsetOfRead = 16;
    private const int OffsetOfWrite = 24;
    private const int OffsetOfSync = 40;

    private static byte* _realVfs;
    private static byte* _faultyVfs;
    private static byte* _realMethods;
    private static int _failedSyncs;

    // The methods of files that are locked and of those that are not differ, but for those that fail here.
    private static readonly Dictionary<nint, nint> FaultyMethods = [];

    /// <summary>What reading a file ends with, unless 0.</summary>
    public static int ReadFault { get; set; }

    /// <summary>What writing a file ends with, unless 0.</summary>
    public static int WriteFault { get; set; }

    /// <summary>What syncing a file ends with, unless 0.</summary>
    public static int SyncFault { get; set; }

    /// <summary>How often syncing a file has failed here.</summary>
    public static int FailedSyncs => Volatile.Read(ref _failedSyncs);

    /// <summary>Whether files can be opened for reading only.</summary>
    public static bool OpensForReadingOnly { get; set; }

    /// <summary>Called in place of a wait for a lock of another connection, with its length.</summary>
    public static Action<TimeSpan>? Waiting { get; set; }

    public static void Install()
    {
        if (_faultyVfs is null)
        {
            Batteries_V2.Init();
            _realVfs = sqlite3_vfs_find(null);
            _faultyVfs = (byte*)NativeMemory.Alloc(VfsSize);
            NativeMemory.Copy(_realVfs, _faultyVfs, VfsSize);
            *(nint*)(_faultyVfs + OffsetOfName) = Marshal.StringToCoTaskMemUTF8("faulty");
            *(delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int, int*, int>*)(_faultyVfs + OffsetOfOpen) = &Open;
            *(delegate* unmanaged[Cdecl]<byte*, int, int>*)(_faultyVfs + OffsetOfSleep) = &Sleep;
        }

        Heal();
        sqlite3_vfs_register(_faultyVfs, 1).Should().Be(raw.SQLITE_OK);
    }

    public static void Uninstall()
    {
        Heal();
        sqlite3_vfs_register(_realVfs, 1).Should().Be(raw.SQLITE_OK);
        sqlite3_vfs_unregister(_faultyVfs).Should().Be(raw.SQLITE_OK);
    }

    /// <summary>Ends all faults.</summary>
    public static void Heal()
    {
        ReadFault = WriteFault = SyncFault = _failedSyncs = 0;
        OpensForReadingOnly = false;
        Waiting = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(byte* vfs, byte* name, byte* file, int flags, int* outFlags)
    {
        if (OpensForReadingOnly)
        {
            flags = (flags & ~(raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE)) | raw.SQLITE_OPEN_READONLY;
        }

        var code = (*(delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int, int*, int>*)(_realVfs + OffsetOfOpen))(_realVfs, name, file, flags, outFlags);
        if (code == raw.SQLITE_OK)
        {
            *(nint*)file = FaultyMethodsOf(*(nint*)file);
        }

        return code;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sleep(byte* vfs, int microseconds)
    {
        if (Waiting is not { } waiting)
        {
            return (*(delegate* unmanaged[Cdecl]<byte*, int, int>*)(_realVfs + OffsetOfSleep))(_realVfs, microseconds);
        }

        waiting(TimeSpan.FromMicroseconds(microseconds));
        return microseconds;
    }

    private static nint FaultyMethodsOf(nint real)
    {
        if (!FaultyMethods.TryGetValue(real, out var faulty))
        {
            _realMethods = (byte*)real;
            var copy = (byte*)NativeMemory.Alloc(MethodsSize);
            NativeMemory.Copy(_realMethods, copy, MethodsSize);
            *(delegate* unmanaged[Cdecl]<byte*, byte*, int, long, int>*)(copy + OffsetOfRead) = &Read;
            *(delegate* unmanaged[Cdecl]<byte*, byte*, int, long, int>*)(copy + OffsetOfWrite) = &Write;
            *(delegate* unmanaged[Cdecl]<byte*, int, int>*)(copy + OffsetOfSync) = &Sync;
            FaultyMethods.Add(real, faulty = (nint)copy);
        }

        return faulty;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(byte* file, byte* buffer, int size, long offset) =>
        ReadFault != 0 ? ReadFault : (*(delegate* unmanaged[Cdecl]<byte*, byte*, int, long, int>*)(_realMethods + OffsetOfRead))(file, buffer, size, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(byte* file, byte* buffer, int size, long offset) =>
        WriteFault != 0 ? WriteFault : (*(delegate* unmanaged[Cdecl]<byte*, byte*, int, long, int>*)(_realMethods + OffsetOfWrite))(file, buffer, size, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(byte* file, int flags)
    {
        if (SyncFault == 0)
        {
            return (*(delegate* unmanaged[Cdecl]<byte*, int, int>*)(_realMethods + OffsetOfSync))(file, flags);
        }

        Interlocked.Increment(ref _failedSyncs);
        return SyncFault;
    }

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern byte* sqlite3_vfs_find(byte* name);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_vfs_register(byte* vfs, int makeDefault);

    [DllImport("e_sqlite3", CallingConvention = CallingConvention.Cdecl)]
    private static extern int sqlite3_vfs_unregister(byte* vfs);
}
