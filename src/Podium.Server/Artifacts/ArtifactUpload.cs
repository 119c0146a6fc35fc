using System.Buffers;
using Podium.Server.Configuration;
using Podium.Server.MLflow.Calls;

namespace Podium.Server.Artifacts;

/// <summary>Writes what is uploaded to disk as it comes; it stands under its name once it is all there and flushed.</summary>
internal sealed class ArtifactUpload(UploadFolder uploads, ArtifactFolders folders, ServerOptions options)
{
    private const int BufferBytes = 256 * 1024;
    private const long BytesBetweenLooks = 64 * 1024 * 1024;
    private const int DiskFull = unchecked((int)0x80070070);
    private const int NoSpaceLeft = 28;

    private ServerLimits Limits => options.Limits;

    /// <summary>Writes a file, or replaces it.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="announced">How many there will be, if that was said.</param>
    /// <param name="file">Where it will stand.</param>
    /// <param name="cancellation">Ends the writing; nothing stays of it.</param>
    public async Task SaveAsync(Stream content, long? announced, string file, CancellationToken cancellation)
    {
        if (announced > Limits.ArtifactBytes) throw TooLarge();
        var folder = uploads.Open();
        RequireRoom(folder, announced ?? 0);
        var upload = Path.Combine(folder, Guid.NewGuid().ToString("n"));
        try
        {
            await WriteAsync(content, announced, upload, cancellation);
            if (Directory.Exists(file)) throw MLflowException.Invalid($"There is a folder of the name '{Path.GetFileName(file)}' already.");
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.Move(upload, file, overwrite: true);
            folders.Flush(Path.GetDirectoryName(file)!);
        }
        catch (IOException failure) when (failure.HResult is DiskFull or NoSpaceLeft)
        {
            throw NoRoom();
        }
        catch (IOException failure) when (failure is not (FileNotFoundException or DirectoryNotFoundException) && !Directory.Exists(Path.GetDirectoryName(file)))
        {
            // A name of the path is a file's.
            throw MLflowException.Invalid($"There is a file where '{Path.GetFileName(file)}' needs a folder.");
        }
        finally
        {
            File.Delete(upload);
        }
    }

    private async Task WriteAsync(Stream content, long? announced, string upload, CancellationToken cancellation)
    {
        await using var stream = new FileStream(upload, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var (written, looked) = (0L, 0L);
            while (await content.ReadAtLeastAsync(buffer, BufferBytes, throwOnEndOfStream: false, cancellation) is var read and > 0)
            {
                written += read;
                if (written > Limits.ArtifactBytes) throw TooLarge();
                if (written - looked >= BytesBetweenLooks)
                {
                    looked = written;
                    // Others upload too: what was free at the beginning may be gone.
                    RequireRoom(Path.GetDirectoryName(upload)!, Math.Max(0, (announced ?? 0) - written));
                }

                await stream.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            stream.Flush(flushToDisk: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RequireRoom(string folder, long needed)
    {
        if (new DriveInfo(folder).AvailableFreeSpace - needed < Limits.FreeBytes) throw NoRoom();
    }

    private MLflowException NoRoom() =>
        MLflowException.NoRoom($"There is no room left on the server's disk for this: {Limits.FreeBytes} bytes of it stay free ({ServerLimits.OptionOf("free_bytes")}). Nothing of it was kept.");

    private MLflowException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "INVALID_PARAMETER_VALUE", $"An artifact may have at most {Limits.ArtifactBytes} bytes ({ServerLimits.OptionOf("artifact_bytes")}). Nothing of it was kept.");
}
