using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Podium.Histories;
using Podium.Ranking;

namespace Podium.Server.Tests.Durability;

/// <summary>A training whose points are numbered, told to one server or to several in turn, one call at a time, until each is acknowledged.</summary>
internal sealed class NumberedJob
{
    private const int EvaluateEvery = 5;

    private readonly Random _random;
    private readonly TrainingHistoryBuilder _history = new();
    private readonly List<Checkpoint> _checkpoints = [];

    public NumberedJob(string id, int seed)
    {
        Id = id;
        _random = new Random(seed);
    }

    public string Id { get; }

    /// <summary>How many numbered points were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Answers other than success, and whether each was a problem in the agreed form that says when to come again.</summary>
    public List<(HttpStatusCode Status, bool IsProblem, bool SaysWhen)> Refusals { get; } = [];

    /// <summary>What the same points rank as, without any server.</summary>
    public RunRanking Ranking() => Ranker.Rank(new Run(_history.Build(), _checkpoints));

    public Task CreateAsync(HttpClient server, CancellationToken cancellation) => SendAsync([server], "/api/training/local/jobs", new { job_id = Id }, cancellation, HttpStatusCode.Conflict);

    /// <summary>Reports points until it is told to stop, and then ends with the one that is under way.</summary>
    public async Task ReportAsync(HttpClient[] servers, Func<int, bool> goesOn, CancellationToken cancellation)
    {
        while (goesOn(Acknowledged)) await ReportOneAsync(servers, cancellation);
    }

    /// <summary>Reports the next point; every few of them an evaluation and a checkpoint too.</summary>
    public async Task ReportOneAsync(HttpClient[] servers, CancellationToken cancellation)
    {
        var number = Acknowledged + 1;
        var step = number * 10L;
        var loss = 2.0 / (1 + (number / 50.0)) + (_random.NextDouble() / 10);
        await MetricsAsync(servers, new Dictionary<string, object> { ["step"] = step, ["train_loss"] = loss, ["point"] = number }, cancellation);
        Add(step, "loss", loss);
        if (number % EvaluateEvery == 0)
        {
            var evalLoss = 1.2 + (_random.NextDouble() / 2);
            await MetricsAsync(servers, new Dictionary<string, object> { ["step"] = step, ["eval_loss"] = evalLoss }, cancellation);
            Add(step, "eval_loss", evalLoss);
            var path = $"checkpoint-{step}";
            await SendAsync(servers, $"/api/training/checkpoints/{Id}", new { path, step }, cancellation);
            _checkpoints.Add(new Checkpoint(path, step) { State = CheckpointState.Complete });
        }

        Acknowledged = number;
    }

    /// <summary>What a server says is the best is what the same points rank as.</summary>
    public async Task ShouldBeRankedByAsync(HttpClient server)
    {
        var status = await server.GetFromJsonAsync<JsonElement>($"/api/training/local/{Id}/status", TestContext.Current.CancellationToken);
        var best = Ranking().Best;
        status.GetProperty("best_checkpoint_path").GetString().ShouldBe(best?.Checkpoint.Path, Id);
        if (best is not null) status.GetProperty("best_eval_loss").GetDouble().ShouldBe(best.Loss!.Value.Value, Id);
    }

    private void Add(long step, string metric, double value)
    {
        _history.BeginEntry();
        _history.SetStep(step);
        _history.Set(metric, value);
    }

    private Task MetricsAsync(HttpClient[] servers, Dictionary<string, object> entry, CancellationToken cancellation) =>
        SendAsync(servers, "/api/training/local/metrics", new { job_id = Id, metrics = new[] { entry } }, cancellation);

    private async Task SendAsync(HttpClient[] servers, string path, object body, CancellationToken cancellation, HttpStatusCode? isDone = null)
    {
        for (; ; await Task.Delay(50, cancellation))
        {
            try
            {
                using var answer = await servers[_random.Next(servers.Length)].PostAsJsonAsync(path, body, cancellation);
                if (answer.IsSuccessStatusCode || answer.StatusCode == isDone) return;
                Refusals.Add((answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/problem+json", answer.Headers.RetryAfter is not null));
                if ((int)answer.StatusCode is >= 400 and < 500) Assert.Fail($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellation)}");
            }
            catch (HttpRequestException)
            {
                // It was killed, before or behind its commit: nobody knows. So once more.
            }
        }
    }
}
