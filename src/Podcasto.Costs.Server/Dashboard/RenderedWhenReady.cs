using Microsoft.AspNetCore.Components;

namespace Podcasto.Costs.Server.Dashboard;

/// <summary>
/// What every component here is: drawn once, when all that it shows has been read. Of its own accord a component is drawn at its first wait
/// too, with half of its fields still empty; a page that is sent whole has no use for that, and would fail in it.
/// </summary>
public abstract class RenderedWhenReady : ComponentBase
{
    private bool _isInitialized;

    /// <inheritdoc/>
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!_isInitialized)
        {
            _isInitialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        await OnParametersSetAsync();
        StateHasChanged();
    }
}
