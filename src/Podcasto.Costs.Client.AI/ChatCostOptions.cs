namespace Podcasto.Costs.Client.AI;

/// <summary>What calls of a chat client are booked as.</summary>
public sealed record ChatCostOptions
{
    /// <summary>The service of all its calls, such as <c>gemini_tts</c>.</summary>
    /// <value>Default null: the provider's name with <c>_text</c>, <c>_tts</c> where it answered in sound, <c>_image</c> where in pictures.</value>
    public string? Service { get; init; }
}
