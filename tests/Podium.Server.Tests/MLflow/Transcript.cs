using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Podium.Server.Tests.MLflow;

/// <summary>Replays recorded traffic between the real client and the original server, and compares what we answer.</summary>
/// <remarks>
/// <para>Ids are ours: those of runs, models and experiments are mapped as answers tell them.</para>
/// <para>
/// Not compared: <c>sqlstate</c> and <c>error_class</c> (words of the original's own hosts), <c>workspace</c> (a feature that we
/// have not; a client without one does not look), the text of an error's message (people read it; the code is compared), our own times
/// (that they are there is compared), and names that the original made up. Its 1.797e308 is our Infinity. Lists that clients make
/// dictionaries of (tags, params, latest metrics) are compared without regard to their order.
/// </para>
/// </remarks>
internal sealed class Transcript(HttpClient http)
{
    private static readonly string[] NotCompared = ["sqlstate", "error_class", "workspace", "message"];
    private static readonly string[] OwnTimes = ["creation_time", "last_update_time", "creation_timestamp_ms", "last_updated_timestamp_ms"];

    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _experiments = new(StringComparer.Ordinal) { ["0"] = "0" };
    private readonly HashSet<string> _madeUp = new(StringComparer.Ordinal);

    /// <summary>Our id of a recorded run or model.</summary>
    public IReadOnlyDictionary<string, string> Ids => _ids;

    /// <summary>Replays a transcript.</summary>
    /// <returns>How many exchanges it had.</returns>
    public async Task<int> ReplayAsync(string name)
    {
        var count = 0;
        foreach (var line in await File.ReadAllLinesAsync(SharedMaterial.Require($"mlflow-transcripts/{name}.jsonl"), TestContext.Current.CancellationToken))
        {
            var exchange = JsonNode.Parse(line)!.AsObject();
            await ReplayAsync(exchange, $"{name} {exchange["n"]}: {exchange["method"]} {exchange["path"]}");
            count++;
        }

        return count;
    }

    private async Task ReplayAsync(JsonObject exchange, string what)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange["method"]!.GetValue<string>()), MapPath(exchange["path"]!.GetValue<string>()));
        if (exchange["body"] is { } body)
        {
            var text = body is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : MapText(Map(body.DeepClone())!.ToJsonString());
            request.Content = new StringContent(text, Encoding.UTF8, exchange["headers"]?["Content-Type"]?.GetValue<string>() ?? "application/json");
        }

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(exchange["status"]!.GetValue<int>(), $"{what}\n{answer}");
        if (exchange["response"] is not JsonObject expected) return;

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json", what);
        var actual = JsonNode.Parse(answer)!;
        if (response.StatusCode == HttpStatusCode.OK) Learn(expected, actual, exchange);
        Compare(Map(JsonNode.Parse(MapText(expected.ToJsonString())))!, actual, what);
    }

    /// <summary>Takes in the ids of what was made.</summary>
    private void Learn(JsonNode expected, JsonNode actual, JsonObject exchange)
    {
        if (expected["experiment_id"] is { } experiment) _experiments[experiment.GetValue<string>()] = actual["experiment_id"]!.GetValue<string>();
        foreach (var (path, id) in (ReadOnlySpan<(string, string)>)[("run", "run_id"), ("model", "model_id")])
            if (expected[path]?["info"]?[id] is { } known)
                _ids.TryAdd(known.GetValue<string>(), actual[path]!["info"]![id]!.GetValue<string>());
        if (exchange["path"]!.GetValue<string>().EndsWith("runs/create", StringComparison.Ordinal) && exchange["body"]!["run_name"] is null)
            _madeUp.Add(expected["run"]!["info"]!["run_name"]!.GetValue<string>());
    }

    private string MapText(string text)
    {
        foreach (var (recorded, ours) in _ids) text = text.Replace(recorded, ours, StringComparison.Ordinal);
        return text;
    }

    private string MapPath(string path)
    {
        path = MapText(path);
        path = ExperimentInPath().Replace(path, match => match.Groups["before"].Value + _experiments.GetValueOrDefault(match.Groups["id"].Value, match.Groups["id"].Value));
        return path;
    }

    /// <summary>Puts our experiments' ids where theirs stand.</summary>
    private JsonNode? Map(JsonNode? node)
    {
        if (node is JsonArray list)
            for (var i = 0; i < list.Count; i++)
                Map(list[i]);
        if (node is not JsonObject item) return node;
        foreach (var (name, value) in item.ToArray())
        {
            if (name == "experiment_ids") item[name] = new JsonArray([.. value!.AsArray().Select(id => (JsonNode)_experiments[id!.GetValue<string>()])]);
            else if (name == "experiment_id") item[name] = _experiments.GetValueOrDefault(value!.GetValue<string>(), value!.GetValue<string>());
            else if (name is "artifact_uri" or "artifact_location") item[name] = ExperimentInUri().Replace(value!.GetValue<string>(), match => match.Groups["before"].Value + _experiments[match.Groups["id"].Value]);
            else Map(value);
        }

        return node;
    }

    private void Compare(JsonNode? expected, JsonNode? actual, string what)
    {
        switch (expected)
        {
            case JsonObject item:
                actual.ShouldBeOfType<JsonObject>(what);
                foreach (var (name, value) in item) CompareField(name, value, actual!.AsObject(), what);
                // A run that was just made has no outputs yet, and says so here as everywhere.
                foreach (var (name, _) in actual!.AsObject())
                    if (name != "outputs")
                        item.ContainsKey(name).ShouldBeTrue($"{what}: {name} is not in the original's answer");
                break;
            case JsonArray list:
                actual.ShouldBeOfType<JsonArray>(what);
                var (one, other) = (list.ToArray(), actual!.AsArray().ToArray());
                one.Length.ShouldBe(other.Length, $"{what}\n{actual}");
                if (IsDictionary(what))
                {
                    one = [.. one.OrderBy(pair => pair!["key"]!.GetValue<string>(), StringComparer.Ordinal)];
                    other = [.. other.OrderBy(pair => pair!["key"]!.GetValue<string>(), StringComparer.Ordinal)];
                }

                for (var i = 0; i < one.Length; i++) Compare(one[i], other[i], $"{what}[{i}]");
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.Number && Math.Abs(value.GetValue<double>()) == double.MaxValue:
                actual!.GetValue<string>().ShouldBe(value.GetValue<double>() > 0 ? "Infinity" : "-Infinity", what);
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String && _madeUp.Contains(value.GetValue<string>()):
                actual!.GetValue<string>().ShouldNotBeNullOrEmpty(what);
                break;
            default:
                JsonNode.DeepEquals(expected, actual).ShouldBeTrue($"{what}: {expected?.ToJsonString()} is {actual?.ToJsonString()}");
                break;
        }
    }

    private void CompareField(string name, JsonNode? value, JsonObject actual, string what)
    {
        if (name is "message") actual[name]!.GetValue<string>().ShouldNotBeNullOrEmpty(what);
        if (NotCompared.Contains(name)) return;
        actual.ContainsKey(name).ShouldBeTrue($"{what}: {name} is missing in {actual.ToJsonString()}");
        if (OwnTimes.Contains(name)) actual[name]!.GetValue<long>().ShouldBeGreaterThan(0, what);
        else Compare(value, actual[name], $"{what} {name}");
    }

    private static bool IsDictionary(string what) =>
        what.EndsWith(" tags", StringComparison.Ordinal) || what.EndsWith(" params", StringComparison.Ordinal) || what.EndsWith(" data metrics", StringComparison.Ordinal);

    private static Regex ExperimentInPath() => new(@"(?<before>experiment_id=|mlflow-artifacts/artifacts/|\?path=)(?<id>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static Regex ExperimentInUri() => new(@"(?<before>mlflow-artifacts:/)(?<id>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
