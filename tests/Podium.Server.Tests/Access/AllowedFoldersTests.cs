using Podium.Server.Access;

namespace Podium.Server.Tests.Access;

public sealed class AllowedFoldersTests : IDisposable
{
    private const string Marker = "inside";

    private readonly TemporaryFolder _disk = new();

    public AllowedFoldersTests()
    {
        // Two roots, one outside, and links of every kind. Whatever lies inside says so.
        foreach (var inside in (string[])["one", "one/a", "one/a/checkpoint-1", "one/b", "two", "two/b", "two/c d", "two/ü"]) _disk.Write($"{inside}/{Marker}", "");
        foreach (var outside in (string[])["secret", "secret/a", "one-more"]) Directory.CreateDirectory(At(outside));
        _disk.Write("one/file", "");
        Link("one/out", At("secret"));
        Link("one/out-relative", "../secret");
        Link("one/a/up", "..");
        Link("one/a/up-up", "../..");
        Link("one/across", At("two/b"));
        Link("one/in", "a");
        Link("one/circle", "circle");
        Link("one/gone", "nowhere");
        Link("one/device", "/dev");
        Link("root-link", At("one"));
        Link("secret/back", At("one/a"));
    }

    public static TheoryData<string, string?> Named => new()
    {
        { "{disk}/one/a", "one/a" },
        { "{disk}/one", "one" },
        { "{disk}/one/", "one" },
        { "{disk}//one/./a/", "one/a" },
        { "a", "one/a" },
        { "./a/checkpoint-1", "one/a/checkpoint-1" },
        { "b", "one/b" },
        { "c d", "two/c d" },
        { "ü", "two/ü" },
        { "{disk}/one/in/checkpoint-1", "one/a/checkpoint-1" },
        { "{disk}/one/a/up", "one" },
        { "/outputs/a", "one/a" },
        { "/outputs", "one" },
        { "/outputs/old/b", "two/b" },
        { "D:\\runs\\a\\checkpoint-1", "one/a/checkpoint-1" },
        { "{disk}/one/out", null },
        { "{disk}/one/out/a", null },
        { "{disk}/one/out-relative", null },
        { "{disk}/one/out/back", "one/a" },
        { "{disk}/one/a/up-up", null },
        { "{disk}/one/a/up-up/secret", null },
        { "{disk}/one/across", "two/b" },
        { "{disk}/one/circle", null },
        { "{disk}/one/gone", null },
        { "{disk}/one/device", null },
        { "{disk}/one/device/null", null },
        { "{disk}/one/file", null },
        { "{disk}/one/file/below", null },
        { "{disk}/one/missing", null },
        { "{disk}/one/../secret", null },
        { "{disk}/one/a/../b", null },
        { "{disk}/secret", null },
        { "{disk}/secret/back", null },
        { "{disk}/one-more", null },
        { "{disk}", null },
        { "/outputs-other/a", null },
        { "/outputs/../secret", null },
        { "../secret", null },
        { "..", null },
        { "a/..", null },
        { "a\\..\\b", null },
        { "/", null },
        { "/dev/null", null },
        { "/etc", null },
        { "", null },
        { "  ", null },
        { "a\0b", null },
        { "missing", null },
    };

    [Theory]
    [MemberData(nameof(Named))]
    public void TryFind_APathThatSomebodyNames_IsAFolderInsideOrASentence(string named, string? expected)
    {
        var found = Folders().TryFind(named.Replace("{disk}", _disk.Path, StringComparison.Ordinal), out var folder, out var fault);

        found.ShouldBe(expected is not null, fault);
        folder.ShouldBe(expected is null ? null : At(expected));
        if (fault is not null) fault.ShouldMatch("^.+\\.$");
    }

    [Theory]
    [InlineData("{disk}/one/out", "by a symbolic link.")]
    [InlineData("{disk}/one/file", "is no folder.")]
    [InlineData("{disk}/one/missing", "There is no folder")]
    [InlineData("{disk}/secret", "(--runs).")]
    [InlineData("{disk}/secret/not-there", "(--runs).")]
    [InlineData("..", "'..'")]
    public void TryFind_WhatIsRefused_SaysWhy(string named, string words)
    {
        Folders().TryFind(named.Replace("{disk}", _disk.Path, StringComparison.Ordinal), out _, out var fault).ShouldBeFalse();

        fault.ShouldContain(words);
    }

    [Fact]
    public void TryFind_WithoutAnyRoot_SaysHowToGiveOne()
    {
        new AllowedFolders([], []).TryFind(At("one"), out _, out var fault).ShouldBeFalse();
        fault.ShouldContain("--runs DIR");
    }

    [Fact]
    public void TryFind_BelowARootThatIsALink_HasTheRootsNameAsItWasGiven()
    {
        var folders = new AllowedFolders([At("root-link")], []);

        folders.TryFind(At("root-link/a"), out var folder, out _).ShouldBeTrue();
        folder.ShouldBe(At("root-link/a"));
        folders.TryFind(At("one/a"), out folder, out _).ShouldBeTrue();
        folder.ShouldBe(At("root-link/a"));
    }

    [Fact]
    public void FindAll_ARelativePath_IsLookedForAsItIsAndByItsLastPart()
    {
        Folders().FindAll("b").ShouldBe([At("one/b"), At("two/b")]);
        Folders().FindAll("somewhere/else/b/").ShouldBe([At("one/b"), At("two/b")]);
        Folders().FindAll("a/checkpoint-1").ShouldBe([At("one/a/checkpoint-1")]);
        Folders().FindAll("/elsewhere/b").ShouldBeEmpty();
        Folders().FindAll("x/..").ShouldBeEmpty();
        Folders().FindAll(null).ShouldBeEmpty();
    }

    [Fact]
    public void TryFind_WhateverIsNamed_NeverLeadsOutOfTheRoots()
    {
        string[] parts = ["one", "two", "secret", "one-more", "a", "b", "c d", "ü", "up", "up-up", "out", "out-relative", "across", "in", "circle", "gone", "device", "back", "file", "checkpoint-1", "..", ".", "", "~", "\0", "\n", "%2e%2e", "..\\", "null", "*", "root-link"];
        string[] beginnings = ["", "/", "//", "./", "../", _disk.Path + "/", At("one") + "/", At("two") + "/", At("one"), At("secret") + "/", "/outputs/", "/outputs/old/", "D:\\runs\\", "file://", "/proc/self/root" + At("secret") + "/", "/dev/"];
        var random = new Random(20261122);
        var folders = Folders();
        var found = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var named = beginnings[random.Next(beginnings.Length)] + string.Join(random.Next(8) == 0 ? "\\" : "/", Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)]));
            if (folders.TryFind(named, out var folder, out var fault))
            {
                found++;
                File.Exists(Path.Combine(folder, Marker)).ShouldBeTrue($"{named} became {folder}");
                fault.ShouldBeNull();
            }
            else
            {
                fault.ShouldNotBeNullOrEmpty(named);
            }

            foreach (var one in folders.FindAll(named)) File.Exists(Path.Combine(one, Marker)).ShouldBeTrue($"{named} became {one}");
        }

        found.ShouldBeGreaterThan(500);
    }

    public void Dispose() => _disk.Dispose();

    private AllowedFolders Folders() => new([At("one"), At("two")], [$"/outputs={At("one")}", $"/outputs/old={At("two")}", $"D:\\runs={At("one")}"]);

    private string At(string path) => Path.Combine(_disk.Path, path);

    private void Link(string path, string target) => Directory.CreateSymbolicLink(At(path), target);
}
