package dev.forebay.worker.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.forebay.worker.infer.ModelException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which devices are used, given how many GPUs an engine sees; no GPU is needed to ask. */
class DevicesTest {
    @Test
    void autoTakesEveryGpuAndElseTheProcessor() {
        assertThat(select("auto", 0)).containsExactly(Device.cpu());
        assertThat(select("auto", 1)).containsExactly(Device.gpu(0));
        assertThat(select("auto", 3)).containsExactly(Device.gpu(0), Device.gpu(1), Device.gpu(2));
    }

    @Test
    void whatIsNamedIsTaken() {
        assertThat(select("cpu", 4)).containsExactly(Device.cpu());
        assertThat(select("gpu:2", 4)).containsExactly(Device.gpu(2));
    }

    @Test
    void aGpuThatIsNotThereIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> select("gpu:2", 2))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("models.device is gpu:2, but the engine sees 2 GPUs")
                .hasMessageContaining("PYTORCH_LIBRARY_PATH");
    }

    @Test
    void devicesAreNamedAsInConfiguration() {
        assertThat(Engines.name(select("auto", 2))).isEqualTo("gpu:0,gpu:1");
        assertThat(Engines.name(select("cpu", 2))).isEqualTo("cpu");
    }

    private static List<Device> select(String wanted, int gpus) {
        return Engines.devices(wanted, gpus, "2.7.1");
    }
}
