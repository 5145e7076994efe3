using System.Globalization;

namespace Podcasto.Costs.Client.Lambda;

/// <summary>What a Lambda function is; the environment that Lambda gives says it.</summary>
public sealed record LambdaCostOptions
{
    /// <summary>The function's name.</summary>
    /// <value>Default: the environment's <c>AWS_LAMBDA_FUNCTION_NAME</c>; null where there is none: then nothing is tracked.</value>
    public string? FunctionName { get; init; } = Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_NAME");

    /// <summary>Its memory in MB, of which 1,024 are a GB.</summary>
    /// <value>Default: the environment's <c>AWS_LAMBDA_FUNCTION_MEMORY_SIZE</c>; null where there is none: then only the request is tracked.</value>
    public int? MemoryMb { get; init; } =
        int.TryParse(
            Environment.GetEnvironmentVariable("AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var memory
        )
            ? memory
            : null;

    /// <summary>Where it runs.</summary>
    /// <value>Default: the environment's <c>AWS_REGION</c>.</value>
    public string? Region { get; init; } = Environment.GetEnvironmentVariable("AWS_REGION");

    /// <summary>How long an invocation is held up to send what waits.</summary>
    /// <value>Default 3 seconds: the invocation is billed for them, so a server that is away is not waited for.</value>
    public TimeSpan FlushTimeout { get; init; } = TimeSpan.FromSeconds(3);
}
