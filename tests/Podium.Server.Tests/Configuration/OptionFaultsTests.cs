using Podium.Server.Configuration;

namespace Podium.Server.Tests.Configuration;

public sealed class OptionFaultsTests : IDisposable
{
    private readonly TemporaryFolder _disk = new();

    [Fact]
    public void Of_EverythingWrong_IsToldAtOnceWithoutAnySecret()
    {
        var file = _disk.Write("a-file", "");
        var options = new ServerOptions
        {
            Data = file,
            Urls = "nonsense;ftp://127.0.0.1;http://127.0.0.1:99999;http://127.0.0.1:5710/below",
            Database = "Hst=db;Password=hidden",
            Runs = ["/no/such/folder"],
            Map = ["/outputs", "/a=/no/such/folder", $"/b={_disk.Path}"],
            Models = "/no/such/models",
            Strategy = "guess",
            PathBase = "podium/",
            AdminToken = "hidden-short",
            TrustedProxies = ["proxy.example"],
        };

        var faults = OptionFaults.Of(options);

        faults.Count.ShouldBe(15, string.Join('\n', faults));
        foreach (var flag in (string[])["--data", "--urls", "--database", "--runs", "--map", "--models", "--strategy", "--path-base", "PODIUM_ADMIN_TOKEN", "--trusted-proxies"])
            faults.ShouldContain(fault => fault.StartsWith(flag, StringComparison.Ordinal), flag);
        faults.ShouldAllBe(fault => !fault.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void Of_WhatIsRight_IsNothing()
    {
        var options = new ServerOptions
        {
            Data = Path.Combine(_disk.Path, "new"),
            Urls = "http://*:5710;http://[::1]:0;https://podium.example",
            Database = "Host=db;Database=podium;Password=x",
            Runs = [_disk.Path],
            Map = [$"/outputs={_disk.Path}"],
            PathBase = "/a/podium",
            AdminToken = "0123456789abcdef",
            TrustedProxies = ["10.0.0.7", "10.0.0.0/8", "::1"],
        };

        OptionFaults.Of(options).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://127.0.0.1:5710", true)]
    [InlineData("http://localhost:5710", true)]
    [InlineData("http://[::1]:5710;http://127.0.0.2:80", true)]
    [InlineData("http://unix:/run/podium.sock", true)]
    [InlineData("http://0.0.0.0:5710", false)]
    [InlineData("http://127.0.0.1:5710;http://10.0.0.1:5710", false)]
    [InlineData("http://*:5710", false)]
    [InlineData("http://+:5710", false)]
    [InlineData("http://[::]:5710", false)]
    [InlineData("http://localhost.example:5710", false)]
    public void IsLoopbackOnly_OfAddresses_IsWhetherOtherMachinesReachNone(string urls, bool expected) =>
        OptionFaults.IsLoopbackOnly(new ServerOptions { Urls = urls }).ShouldBe(expected);

    [Theory]
    [InlineData("/podium", true)]
    [InlineData("/a/b-c", true)]
    [InlineData("/", false)]
    [InlineData("podium", false)]
    [InlineData("/podium/", false)]
    [InlineData("//evil.example", false)]
    [InlineData("/a/../b", false)]
    [InlineData("/a b", false)]
    [InlineData("/a\\b", false)]
    public void Of_APrefix_IsNothingWhereItCanStandInAddresses(string prefix, bool isRight) =>
        (OptionFaults.Of(new ServerOptions { Data = _disk.Path, PathBase = prefix }).Count == 0).ShouldBe(isRight);

    public void Dispose() => _disk.Dispose();
}
