using System.IO.Compression;
using System.Security.Cryptography;

namespace Podium.Server.Pages.Assets;

/// <summary>The script, the style sheet and the picture that browsers get; they are inside of the assembly.</summary>
internal sealed class BrowserFiles
{
    private readonly Dictionary<string, BrowserFile> _files = new(StringComparer.Ordinal);

    public BrowserFiles()
    {
        Script = Add("podium.js", "text/javascript; charset=utf-8");
        Style = Add("podium.css", "text/css; charset=utf-8");
        Icon = Add("icon.svg", "image/svg+xml");
    }

    public BrowserFile Script { get; }

    public BrowserFile Style { get; }

    public BrowserFile Icon { get; }

    /// <summary>Finds a file by its name in addresses; null where there is none.</summary>
    public BrowserFile? Find(string address) => _files.GetValueOrDefault(address);

    private BrowserFile Add(string name, string type)
    {
        using var resource = typeof(BrowserFiles).Assembly.GetManifestResourceStream($"browser/{name}") ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        var content = new byte[resource.Length];
        resource.ReadExactly(content);
        var file = new BrowserFile(name, type, content);
        _files.Add(file.Address, file);
        return file;
    }
}

/// <summary>A file for browsers.</summary>
internal sealed class BrowserFile
{
    private readonly Lazy<byte[]> _compressed;

    public BrowserFile(string name, string type, byte[] content)
    {
        (Type, Content) = (type, content);
        // Another content has another address: so browsers may keep it for ever.
        Address = $"{Path.GetFileNameWithoutExtension(name)}-{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6))}{Path.GetExtension(name)}";
        _compressed = new Lazy<byte[]>(Compress);
    }

    public string Address { get; }

    public string Type { get; }

    public byte[] Content { get; }

    /// <summary>The content as Brotli; made once, when it is first asked for.</summary>
    public byte[] Compressed => _compressed.Value;

    private byte[] Compress()
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.Optimal)) brotli.Write(Content);
        return bytes.ToArray();
    }
}
