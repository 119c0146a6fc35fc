using System.Collections;
using Podium.Server.Configuration;

namespace Podium.Server.Tests.Configuration;

public sealed class ToldOptionsTests : IDisposable
{
    private readonly TemporaryFolder _disk = new();

    [Fact]
    public void Read_NothingTold_IsTheUsual()
    {
        var told = ToldOptions.Read(null, Flags(), Environment());

        told.Faults.ShouldBeEmpty();
        told.Options.Data.ShouldBe("podium-data");
        told.Options.Urls.ShouldBe("http://127.0.0.1:5710");
        told.Options.Limits.ShouldBe(new ServerLimits());
    }

    [Fact]
    public void Read_FlagEnvironmentAndFile_TheStrongestWinsForEachSetting()
    {
        var file = _disk.Write("podium.json", """
            {"data": "of-file", "strategy": "eval-loss", "urls": "http://of-file", "runs": ["/a", "/b", "/c"], "map": ["/x=/a"],
             "path_base": "/p", "trusted_proxies": ["10.0.0.0/8", "::1"], "limits": {"body_bytes": 5, "jobs": "6"}}
            """);

        var told = ToldOptions.Read(
            file,
            Flags(("data", ["of-flag"]), ("runs", ["/d:e"])),
            Environment(("PODIUM_DATA", "of-environment"), ("PODIUM_URLS", "http://of-environment"), ("PODIUM_MAP", "/y=/b:/z=/c"), ("PODIUM_LIMITS__JOBS", "7"), ("PODIUM_ADMIN_TOKEN", "t"), ("PODIUM_PATH_BASE", "")));

        told.Faults.ShouldBeEmpty();
        var options = told.Options;
        options.Data.ShouldBe("of-flag");
        options.Urls.ShouldBe("http://of-environment");
        options.Strategy.ShouldBe("eval-loss");
        options.Runs.ShouldBe(["/d:e"]);
        options.Map.ShouldBe(["/y=/b", "/z=/c"]);
        options.PathBase.ShouldBe("/p");
        options.TrustedProxies.ShouldBe(["10.0.0.0/8", "::1"]);
        options.Limits.ShouldBe(new ServerLimits { BodyBytes = 5, Jobs = 7 });
        options.AdminToken.ShouldBe("t");
        options.ConfigFile.ShouldBe(file);
    }

    [Fact]
    public void Read_FileNamedByTheEnvironment_IsRead()
    {
        var file = _disk.Write("podium.json", """{"data": "of-file", "Logging": {"LogLevel": {"Default": "Debug"}}}""");

        var told = ToldOptions.Read(null, Flags(), Environment(("PODIUM_CONFIG", file), ("PODIUM_URL", "http://not-mine"), ("OTHER_DATA", "x")));

        told.Faults.ShouldBeEmpty();
        told.Options.Data.ShouldBe("of-file");
    }

    [Fact]
    public void Read_WhatCannotBeRead_IsToldAllAtOnce()
    {
        var file = _disk.Write("podium.json", """{"dta": "x", "limits": {"body_bytes": "many", "jobs": 0, "cats": 3, "name_length": 99999999999}}""");

        var faults = ToldOptions.Read(file, Flags(), Environment()).Faults;

        faults.Count.ShouldBe(5);
        faults.ShouldContain(fault => fault.Contains("'dta'", StringComparison.Ordinal));
        faults.ShouldContain("limits.body_bytes: 'many' is no whole number from 1 to 9223372036854775807.");
        faults.ShouldContain(fault => fault.StartsWith("limits.jobs: '0'", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("limits.cats: there is no such limit.", StringComparison.Ordinal));
        faults.ShouldContain(fault => fault.StartsWith("limits.name_length:", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ZeroAsALimit_MeansNeverForSilenceAndIsAFaultForOthers()
    {
        ToldOptions.Read(null, Flags(), Environment(("PODIUM_LIMITS__FAIL_SILENT_AFTER_SECONDS", "0"))).Faults.ShouldBeEmpty();
        ToldOptions.Read(null, Flags(), Environment(("PODIUM_LIMITS__JOBS", "0"))).Faults.ShouldHaveSingleItem().ShouldContain("limits.jobs: '0'");
    }

    [Theory]
    [InlineData("missing.json", null, "there is no file")]
    [InlineData("broken.json", "{\"data\": ", "cannot be read")]
    public void Read_AFileThatIsNone_IsAFaultAndNoException(string name, string? text, string words)
    {
        if (text is not null) _disk.Write(name, text);

        ToldOptions.Read(Path.Combine(_disk.Path, name), Flags(), Environment()).Faults.ShouldHaveSingleItem().ShouldContain(words);
    }

    public void Dispose() => _disk.Dispose();

    private static Dictionary<string, string[]> Flags(params (string Name, string[] Values)[] flags) => flags.ToDictionary(flag => flag.Name, flag => flag.Values, StringComparer.Ordinal);

    private static Hashtable Environment(params (string Name, string Value)[] variables) => new(variables.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal));
}
