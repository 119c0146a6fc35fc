using System.Diagnostics;

namespace Podium.Checkpoints.Tests;

/// <summary>What is proposed to be typed comes out of a shell as it went in.</summary>
public sealed class ShellTextTests
{
    [Theory]
    [InlineData("/data/run/checkpoint-40", "/data/run/checkpoint-40")]
    [InlineData("my runs/checkpoint-40", "'my runs/checkpoint-40'")]
    [InlineData("it's/$HOME", "'it'\\''s/$HOME'")]
    [InlineData("-run/checkpoint-40", "./-run/checkpoint-40")]
    [InlineData("", "''")]
    public void QuotePath_Path_IsOneWord(string path, string expected) => ShellText.QuotePath(path).ShouldBe(expected);

    [Fact]
    public void Quote_WhatBeginsLikeAnOption_StaysAsItIs() => ShellText.Quote("-5").ShouldBe("-5");

    [Fact]
    public async Task Quote_AnyTexts_AreTheSameWordsInAShell()
    {
        const string Letters = "ab 1'\"$`\\!*?[]{}()<>|&;#~\n\té-=,:@%+/._";
        var random = new Random(5);
        string[] texts = ["", .. Enumerable.Range(0, 200).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => Letters[random.Next(Letters.Length)])))];

        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"printf '%s\\000' {string.Join(' ', texts.Select(ShellText.Quote))}"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        said.ShouldBe(string.Concat(texts.Select(text => $"{text}\0")));
    }
}
