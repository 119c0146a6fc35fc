namespace Podium.Server.Configuration;

/// <summary>The server's data folder, made where it is not there, and held for as long as the server lives where the database lies in it.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string LockName = "podium.lock";

    private readonly FileStream? _lock;

    private DataFolder(FileStream? held) => _lock = held;

    /// <summary>Makes it, if need be, and takes it.</summary>
    /// <exception cref="IOException">It cannot be made, or another server has its database there.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not write there.</exception>
    public static DataFolder Open(ServerOptions options)
    {
        // Metrics, settings and weights of all jobs lie in it: they are for who may call, and not for everybody on this machine.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(options.Data);
        else Directory.CreateDirectory(options.Data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Servers of one PostgreSQL hear of each other's changes and may share a data folder; those of one SQLite file would not.
        if (options.Database is not null) return new DataFolder(null);

        var path = Path.Combine(options.Data, LockName);
        var how = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            // The system lets go of it however the server ends.
            return new DataFolder(new FileStream(path, how));
        }
        catch (IOException failure) when (File.Exists(path))
        {
            throw new IOException($"--data: another podium-server runs on '{options.Data}'. Stop it, or give this one a folder of its own; several servers on the same jobs take a PostgreSQL (--database).", failure);
        }
    }

    public void Dispose() => _lock?.Dispose();
}
