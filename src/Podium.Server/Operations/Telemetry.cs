using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Podium.Server.Health;

namespace Podium.Server.Operations;

/// <summary>Sends metrics and traces by OTLP where one of the usual variables says whereto; else nothing is measured.</summary>
/// <remarks>
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, or that of one signal; all other variables of the protocol are read by its library.
/// <see cref="RequestTraces"/> names requests.
/// </remarks>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Who cannot be reached must not keep the server from ending.
    private const int LongestFlush = 3000;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (IsTold("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"))
        {
            _metrics = Sdk.CreateMeterProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddMeter(ServerMeter.Name, ServerMeter.OfStorage, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime", "Npgsql")
                .AddOtlpExporter()
                .Build();
        }

        if (IsTold("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"))
        {
            _traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(Resource())
                .AddSource("Microsoft.AspNetCore", "Npgsql")
                .AddOtlpExporter()
                .Build();
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(LongestFlush);
            _metrics?.Shutdown(LongestFlush);
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    private static bool IsTold(string ofSignal) =>
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Endpoint)) || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ofSignal));

    // In this order OTEL_SERVICE_NAME wins over our own.
    private static ResourceBuilder Resource() =>
        ResourceBuilder.CreateEmpty().AddService("podium-server", serviceVersion: HealthApi.Version).AddTelemetrySdk().AddEnvironmentVariableDetector();
}
